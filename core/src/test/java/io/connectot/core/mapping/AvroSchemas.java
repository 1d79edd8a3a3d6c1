// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema.Field;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** Connect schemas as the Avro schemas that converters register. */
final class AvroSchemas {
  /** Where converters keep the version of a Connect schema. */
  static final String VERSION = "connect.version";

  private AvroSchemas() {}

  static org.apache.avro.Schema of(Schema schema) {
    org.apache.avro.Schema required = required(schema);
    return schema.isOptional()
        ? org.apache.avro.Schema.createUnion(
            org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL), required)
        : required;
  }

  private static org.apache.avro.Schema required(Schema schema) {
    if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
      return LogicalTypes.timestampMillis()
          .addToSchema(org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG));
    }
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      return LogicalTypes.decimal(
              64, Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)))
          .addToSchema(org.apache.avro.Schema.create(org.apache.avro.Schema.Type.BYTES));
    }
    return switch (schema.type()) {
      case BOOLEAN -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.BOOLEAN);
      case INT8, INT16, INT32 -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.INT);
      case INT64 -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG);
      case FLOAT32 -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.FLOAT);
      case FLOAT64 -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.DOUBLE);
      case STRING -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.STRING);
      case BYTES -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.BYTES);
      case MAP -> org.apache.avro.Schema.createMap(of(schema.valueSchema()));
      case ARRAY -> org.apache.avro.Schema.createArray(of(schema.valueSchema()));
      case STRUCT -> struct(schema);
    };
  }

  private static org.apache.avro.Schema struct(Schema schema) {
    int dot = schema.name().lastIndexOf('.');
    List<Field> fields = new ArrayList<>();
    for (org.apache.kafka.connect.data.Field field : schema.fields()) {
      fields.add(
          new Field(
              field.name(),
              of(field.schema()),
              null,
              field.schema().isOptional() ? JsonProperties.NULL_VALUE : null));
    }
    org.apache.avro.Schema struct =
        org.apache.avro.Schema.createRecord(
            schema.name().substring(dot + 1),
            schema.doc(),
            schema.name().substring(0, dot),
            false,
            fields);
    struct.addProp(VERSION, schema.version());
    return struct;
  }
}
