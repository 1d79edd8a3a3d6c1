// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Makes the writer of a schema. Immutable. */
final class SchemaCompiler {
  /** Types that Kafka's converter writes by the name of the schema, whatever its type is. */
  private static final Map<String, LogicalType> LOGICAL_TYPES =
      Map.of(
          Date.LOGICAL_NAME,
          (schema, numeric) ->
              (value, out) -> out.write((long) Date.fromLogical(schema, (java.util.Date) value)),
          Time.LOGICAL_NAME,
          (schema, numeric) ->
              (value, out) -> out.write((long) Time.fromLogical(schema, (java.util.Date) value)),
          Timestamp.LOGICAL_NAME,
          (schema, numeric) ->
              (value, out) -> out.write(Timestamp.fromLogical(schema, (java.util.Date) value)),
          Decimal.LOGICAL_NAME,
          (schema, numeric) ->
              numeric
                  ? (value, out) -> out.writeAscii(((BigDecimal) value).toString())
                  : (value, out) ->
                      out.writeBase64(Decimal.fromLogical(schema, (BigDecimal) value)));

  private final boolean replaceNullWithDefault;
  private final boolean numericDecimals;

  SchemaCompiler(boolean replaceNullWithDefault, boolean numericDecimals) {
    this.replaceNullWithDefault = replaceNullWithDefault;
    this.numericDecimals = numericDecimals;
  }

  /**
   * Returns the writer of a schema.
   *
   * @throws UnsupportedValueException if Kafka's converter has to convert values of the schema
   */
  NullableWriter compile(Schema schema) {
    return compile(schema, 0);
  }

  private NullableWriter compile(Schema schema, int depth) {
    if (schema == null || depth > SchemalessWriter.MAX_DEPTH) {
      throw new UnsupportedValueException();
    }
    return new NullableWriter(schema, replaceNullWithDefault, writer(schema, depth));
  }

  private ValueWriter writer(Schema schema, int depth) {
    LogicalType logical = schema.name() == null ? null : LOGICAL_TYPES.get(schema.name());
    if (logical != null) {
      return logical.writer(schema, numericDecimals);
    }
    if (!schema.type().isPrimitive() && !(schema instanceof ConnectSchema)) {
      // A builder can change later; other implementations can contain themselves.
      throw new UnsupportedValueException();
    }
    return switch (schema.type()) {
      case INT8 -> (value, out) -> out.write((long) (Byte) value);
      case INT16 -> (value, out) -> out.write((long) (Short) value);
      case INT32 -> (value, out) -> out.write((long) (Integer) value);
      case INT64 -> (value, out) -> out.write((long) (Long) value);
      case FLOAT32 -> (value, out) -> out.write((float) (Float) value);
      case FLOAT64 -> (value, out) -> out.write((double) (Double) value);
      case BOOLEAN -> (value, out) -> out.write((boolean) (Boolean) value);
      case STRING -> (value, out) -> out.write(((CharSequence) value).toString());
      case BYTES -> SchemaCompiler::writeBytes;
      case ARRAY -> ContainerWriters.array(compile(schema.valueSchema(), depth + 1));
      case MAP -> map(schema, depth);
      case STRUCT -> struct(schema, depth);
    };
  }

  private static void writeBytes(Object value, JsonOutput out) {
    if (!(value instanceof ByteBuffer buffer)) {
      out.writeBase64((byte[]) value);
    } else if (buffer.hasArray() && buffer.arrayOffset() == 0) {
      // Kafka's converter writes the whole array, whatever position and limit are.
      out.writeBase64(buffer.array());
    } else {
      throw new UnsupportedValueException();
    }
  }

  private ValueWriter map(Schema schema, int depth) {
    NullableWriter keys = compile(schema.keySchema(), depth + 2);
    NullableWriter values = compile(schema.valueSchema(), depth + 2);
    if (schema.keySchema().type() != Schema.Type.STRING) {
      return ContainerWriters.entries(keys, values);
    }
    if (schema.keySchema().name() != null && LOGICAL_TYPES.containsKey(schema.keySchema().name())) {
      throw new UnsupportedValueException();
    }
    return ContainerWriters.object(values);
  }

  private ValueWriter struct(Schema schema, int depth) {
    List<NullableWriter> writers = new ArrayList<>();
    for (Field field : schema.fields()) {
      writers.add(compile(field.schema(), depth + 1));
    }
    return new StructWriter(schema, writers);
  }

  /** Makes the writer of a logical type. */
  @FunctionalInterface
  private interface LogicalType {
    ValueWriter writer(Schema schema, boolean numericDecimals);
  }
}
