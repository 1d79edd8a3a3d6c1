// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.ArrayBytes;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;

/** Writes scalar values into the field of their type. */
final class ScalarFields {
  private static final int INT = 0;
  private static final int LONG = 1;
  private static final int FLOAT = 2;
  private static final int DOUBLE = 3;
  private static final int BOOLEAN = 4;
  private static final int STRING = 5;
  private static final int BYTES = 6;

  private ScalarFields() {}

  /**
   * Writes the value.
   *
   * @param first the number of the field for an int, before those for a long, float, double,
   *     boolean, string and, in a metric, bytes
   */
  static void write(MessageOutput out, int first, DataType type, MetricValue value) {
    if (value instanceof LongValue number && type.isInteger() && isInRange(type, number.value())) {
      // UInt32 too: the reference implementations look for it in the field for longs.
      boolean wide = type == DataType.INT64 || type == DataType.UINT64 || type == DataType.UINT32;
      out.number(
          first + (wide ? LONG : INT), wide ? number.value() : number.value() & 0xFFFF_FFFFL);
    } else if (value instanceof BigValue big && isUnsigned64(type, big)) {
      out.number(first + LONG, big.value().longValue());
    } else if (value instanceof DateTimeValue time && type == DataType.DATETIME) {
      out.number(first + LONG, time.epochMillis());
    } else if (value instanceof FloatValue number && type == DataType.FLOAT) {
      out.single(first + FLOAT, number.value());
    } else if (value instanceof DoubleValue number && type == DataType.DOUBLE) {
      out.real(first + DOUBLE, number.value());
    } else if (value instanceof BooleanValue bool && type == DataType.BOOLEAN) {
      out.bool(first + BOOLEAN, bool.value());
    } else if (value instanceof TextValue text && isText(type)) {
      out.text(first + STRING, text.value());
    } else if (value instanceof BytesValue bytes && isBytes(type, first)) {
      out.bytes(first + BYTES, bytes.value());
    } else if (value instanceof ArrayValue array
        && type.isArray()
        && type.elementType() == array.elementType()
        && first == Fields.METRIC_VALUE) {
      out.bytes(first + BYTES, ArrayBytes.encode(array));
    } else {
      throw new IllegalArgumentException(value + " is not a " + type.specName());
    }
  }

  private static boolean isUnsigned64(DataType type, BigValue big) {
    return type == DataType.UINT64 && big.value().signum() >= 0 && big.value().bitLength() <= 64;
  }

  private static boolean isText(DataType type) {
    return type == DataType.STRING || type == DataType.TEXT || type == DataType.UUID;
  }

  private static boolean isBytes(DataType type, int first) {
    return first == Fields.METRIC_VALUE && (type == DataType.BYTES || type == DataType.FILE);
  }

  private static boolean isInRange(DataType type, long number) {
    return switch (type) {
      case INT8 -> number == (byte) number;
      case INT16 -> number == (short) number;
      case INT32 -> number == (int) number;
      case UINT8 -> number >>> 8 == 0;
      case UINT16 -> number >>> 16 == 0;
      case UINT32 -> number >>> 32 == 0;
      case UINT64 -> number >= 0;
      default -> true;
    };
  }
}
