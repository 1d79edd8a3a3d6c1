// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.NullValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;

/** Gives a value as it was sent the type that a payload or a birth names. */
public final class TypedValues {
  private TypedValues() {}

  /**
   * The value as one of {@code type}; {@link InvalidValue} when it is none.
   *
   * @param sent the value in the field in which it was sent
   */
  public static MetricValue of(DataType type, MetricValue sent) {
    if (type == DataType.UNKNOWN || sent instanceof InvalidValue || sent instanceof NullValue) {
      return sent;
    }
    if (type.isInteger()) {
      return sent instanceof UntypedInteger integer
          ? integer(type, integer.bits())
          : mismatch(type, sent);
    }
    if (type.isArray()) {
      return sent instanceof BytesValue bytes
          ? ArrayBytes.decode(type, bytes.value())
          : mismatch(type, sent);
    }
    if (type == DataType.DATETIME && sent instanceof UntypedInteger integer) {
      return new DateTimeValue(integer.bits());
    }
    if (type == DataType.DOUBLE && sent instanceof FloatValue number) {
      return new DoubleValue(number.value());
    }
    boolean matches =
        switch (type) {
          case FLOAT -> sent instanceof FloatValue;
          case DOUBLE -> sent instanceof DoubleValue;
          case BOOLEAN -> sent instanceof BooleanValue;
          case STRING, TEXT, UUID -> sent instanceof TextValue;
          case BYTES, FILE -> sent instanceof BytesValue;
          case DATASET -> sent instanceof DataSet;
          case TEMPLATE -> sent instanceof Template;
          case PROPERTY_SET -> sent instanceof PropertySet;
          case PROPERTY_SET_LIST -> sent instanceof PropertySetList;
          default -> false;
        };
    return matches ? sent : mismatch(type, sent);
  }

  /**
   * The number that {@code bits} are in this type. A negative number arrives as two's complement of
   * 8, 16, 32 or 64 bits, as its sender has it.
   */
  private static MetricValue integer(DataType type, long bits) {
    return switch (type) {
      case INT8 -> signed(type, bits, 8);
      case INT16 -> signed(type, bits, 16);
      case INT32 -> signed(type, bits, 32);
      case INT64 -> new LongValue(bits);
      case UINT8 -> unsigned(type, bits, 8);
      case UINT16 -> unsigned(type, bits, 16);
      case UINT32 -> unsigned(type, bits, 32);
      default -> ArrayBytes.unsigned(bits);
    };
  }

  private static MetricValue signed(DataType type, long bits, int width) {
    long number = bits >>> 32 == 0 ? (int) bits : bits;
    long limit = 1L << (width - 1);
    if (number >= -limit && number < limit) {
      return new LongValue(number);
    }
    return number >= 0 && number < 2 * limit
        ? new LongValue(number - 2 * limit)
        : outOfRange(type, bits);
  }

  private static MetricValue unsigned(DataType type, long bits, int width) {
    return bits >>> width == 0 ? new LongValue(bits) : outOfRange(type, bits);
  }

  private static InvalidValue outOfRange(DataType type, long bits) {
    return new InvalidValue(
        Long.toUnsignedString(bits) + " is out of the range of " + type.specName());
  }

  private static InvalidValue mismatch(DataType type, MetricValue sent) {
    return new InvalidValue(
        "the value was sent as " + field(sent) + ", which is not a " + type.specName());
  }

  private static String field(MetricValue sent) {
    if (sent instanceof UntypedInteger || sent instanceof LongValue) {
      return "an integer";
    }
    if (sent instanceof FloatValue) {
      return "a float";
    }
    if (sent instanceof DoubleValue) {
      return "a double";
    }
    if (sent instanceof BooleanValue) {
      return "a boolean";
    }
    if (sent instanceof TextValue) {
      return "a string";
    }
    return sent instanceof BytesValue ? "bytes" : "a " + sent.getClass().getSimpleName();
  }
}
