// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The normalized record: one schema for every protocol. Fields are only ever added, as optional
 * ones, and raise the version.
 */
public final class MeasurementSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Measurement";

  /** The schema. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(NAME)
          .version(1)
          .doc("One value of one tag of an industrial device, whatever its protocol.")
          .field("device", Schema.STRING_SCHEMA)
          .field("tag", Schema.STRING_SCHEMA)
          .field("path", Schema.STRING_SCHEMA)
          .field("protocol", Schema.STRING_SCHEMA)
          .field("timestamp", Timestamp.SCHEMA)
          .field("timestamp_ns", Schema.INT64_SCHEMA)
          .field("received", Timestamp.SCHEMA)
          .field("type", Schema.STRING_SCHEMA)
          .field("value_boolean", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("value_long", Schema.OPTIONAL_INT64_SCHEMA)
          .field("value_double", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("value_string", Schema.OPTIONAL_STRING_SCHEMA)
          .field("value_bytes", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("quality", Schema.STRING_SCHEMA)
          .field("status", Schema.OPTIONAL_STRING_SCHEMA)
          .field("unit", Schema.OPTIONAL_STRING_SCHEMA)
          .field(
              "attributes",
              SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
          .build();

  static final Field DEVICE = SCHEMA.field("device");
  static final Field TAG = SCHEMA.field("tag");
  static final Field PATH = SCHEMA.field("path");
  static final Field PROTOCOL = SCHEMA.field("protocol");
  static final Field TIMESTAMP = SCHEMA.field("timestamp");
  static final Field TIMESTAMP_NS = SCHEMA.field("timestamp_ns");
  static final Field RECEIVED = SCHEMA.field("received");
  static final Field TYPE = SCHEMA.field("type");
  static final Field VALUE_BOOLEAN = SCHEMA.field("value_boolean");
  static final Field VALUE_LONG = SCHEMA.field("value_long");
  static final Field VALUE_DOUBLE = SCHEMA.field("value_double");
  static final Field VALUE_STRING = SCHEMA.field("value_string");
  static final Field VALUE_BYTES = SCHEMA.field("value_bytes");
  static final Field QUALITY = SCHEMA.field("quality");
  static final Field STATUS = SCHEMA.field("status");
  static final Field UNIT = SCHEMA.field("unit");
  static final Field ATTRIBUTES = SCHEMA.field("attributes");

  private MeasurementSchema() {}
}
