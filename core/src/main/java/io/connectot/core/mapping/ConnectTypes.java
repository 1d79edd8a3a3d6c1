// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.math.BigDecimal;
import java.util.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Value types as Connect types. Unsigned numbers take the next larger signed type, UINT64 a Decimal
 * of scale 0; everything is optional, because a BAD tag has no value.
 */
final class ConnectTypes {
  private static final Schema OPTIONAL_TIMESTAMP = Timestamp.builder().optional().build();
  private static final Schema OPTIONAL_INTEGER = Decimal.builder(0).optional().build();

  private ConnectTypes() {}

  /** The schema of a type; JSON is text. */
  static Schema schema(ValueType type) {
    return switch (type) {
      case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
      case INT8 -> Schema.OPTIONAL_INT8_SCHEMA;
      case UINT8, INT16 -> Schema.OPTIONAL_INT16_SCHEMA;
      case UINT16, INT32 -> Schema.OPTIONAL_INT32_SCHEMA;
      case UINT32, INT64 -> Schema.OPTIONAL_INT64_SCHEMA;
      case UINT64 -> OPTIONAL_INTEGER;
      case FLOAT32 -> Schema.OPTIONAL_FLOAT32_SCHEMA;
      case FLOAT64 -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      case STRING, JSON, UNKNOWN -> Schema.OPTIONAL_STRING_SCHEMA;
      case BYTES -> Schema.OPTIONAL_BYTES_SCHEMA;
      case DATETIME -> OPTIONAL_TIMESTAMP;
    };
  }

  /** A value as {@link #schema} wants it; null when it is not of the type or out of its range. */
  static Object convert(ValueType type, Value value) {
    return switch (type) {
      case BOOLEAN -> value instanceof BooleanValue v ? v.value() : null;
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 ->
          value instanceof LongValue v
              ? integer(type, v.value())
              : value instanceof EnumValue e ? integer(type, e.value()) : null;
      case UINT64 -> unsigned(value);
      case FLOAT32 -> single(value);
      case FLOAT64 -> real(value);
      case STRING ->
          value instanceof TextValue v
              ? v.value()
              : value instanceof EnumValue e ? e.label() : null;
      case BYTES -> value instanceof BytesValue v ? v.value() : null;
      case DATETIME -> value instanceof InstantValue v ? Date.from(v.value()) : null;
      case JSON, UNKNOWN -> json(value);
    };
  }

  /** The type that holds a single value, whatever its tag declares. */
  static ValueType natural(Value value) {
    if (value instanceof BooleanValue) {
      return ValueType.BOOLEAN;
    } else if (value instanceof LongValue || value instanceof EnumValue) {
      return ValueType.INT64;
    } else if (value instanceof DoubleValue) {
      return ValueType.FLOAT64;
    } else if (value instanceof TextValue) {
      return ValueType.STRING;
    } else if (value instanceof BytesValue) {
      return ValueType.BYTES;
    } else if (value instanceof InstantValue) {
      return ValueType.DATETIME;
    } else if (value instanceof BigValue) {
      return ValueType.UINT64;
    }
    return ValueType.JSON;
  }

  /**
   * The record's {@code type}: that of the tag, unless the value is of another kind. Arrays and
   * structures are JSON, whatever is declared; a single value of a tag for arrays and structures is
   * JSON only if it is a text of JSON.
   */
  static ValueType recordType(ValueType declared, Value value) {
    if (value == null) {
      return declared;
    }
    if (value instanceof ArrayValue || value instanceof StructValue) {
      return ValueType.JSON;
    }
    if (declared == ValueType.JSON) {
      return value instanceof TextValue text && JsonText.isJson(text.value())
          ? ValueType.JSON
          : natural(value);
    }
    return declared == ValueType.UNKNOWN || isOfAnotherKind(declared, value)
        ? natural(value)
        : declared;
  }

  /** Whether a value is text, bytes or an instant where a number or truth value is declared. */
  private static boolean isOfAnotherKind(ValueType declared, Value value) {
    return (declared.isNumeric() || declared == ValueType.BOOLEAN)
        && (value instanceof TextValue
            || value instanceof BytesValue
            || value instanceof InstantValue
            || (value instanceof BooleanValue && declared != ValueType.BOOLEAN));
  }

  private static Object json(Value value) {
    if (value instanceof TextValue v) {
      return v.value();
    }
    return value instanceof NullValue ? null : JsonText.of(value);
  }

  private static Object integer(ValueType type, long n) {
    return switch (type) {
      case INT8 -> n == (byte) n ? (Object) (byte) n : null;
      case UINT8 -> n >= 0 && n <= 0xFF ? (Object) (short) n : null;
      case INT16 -> n == (short) n ? (Object) (short) n : null;
      case UINT16 -> n >= 0 && n <= 0xFFFF ? (Object) (int) n : null;
      case INT32 -> n == (int) n ? (Object) (int) n : null;
      case UINT32 -> n >= 0 && n <= 0xFFFF_FFFFL ? (Object) n : null;
      default -> n;
    };
  }

  private static Object unsigned(Value value) {
    if (value instanceof LongValue v) {
      return BigDecimal.valueOf(v.value());
    }
    if (value instanceof EnumValue v) {
      return BigDecimal.valueOf(v.value());
    }
    return value instanceof BigValue v ? new BigDecimal(v.value()) : null;
  }

  private static Object single(Value value) {
    if (!(value instanceof DoubleValue v)) {
      return null;
    }
    float single = (float) v.value();
    return Float.isInfinite(single) && !Double.isInfinite(v.value()) ? null : (Object) single;
  }

  private static Object real(Value value) {
    if (value instanceof DoubleValue v) {
      return v.value();
    }
    if (value instanceof EnumValue v) {
      return (double) v.value();
    }
    return value instanceof LongValue v && (long) (double) v.value() == v.value()
        ? (Object) (double) v.value()
        : null;
  }
}
