// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

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
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts values to the type that a tag line declares, without a loss: a value that the type
 * cannot hold is refused. Immutable.
 */
final class DeclaredType {
  /** The digits of the largest whole number, and of the exponents that are not computed. */
  private static final int MOST_DIGITS = 400;

  private final ValueType type;

  DeclaredType(ValueType type) {
    this.type = type;
  }

  /**
   * Converts a value; an array element by element.
   *
   * @param value null for none
   * @throws UndecodableException when the type cannot hold it
   */
  Value of(Value value) {
    if (value == null || value instanceof NullValue || type == ValueType.JSON) {
      return value;
    }
    if (value instanceof ArrayValue array) {
      List<Value> elements = new ArrayList<>(array.elements().size());
      array.elements().forEach(element -> elements.add(of(element)));
      return new ArrayValue(type, elements);
    }
    if (value instanceof EnumValue && (type.isInteger() || type == ValueType.STRING)) {
      return type == ValueType.STRING ? text(value) : value;
    }
    try {
      return switch (type) {
        case BOOLEAN -> truth(value);
        case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> whole(value);
        case FLOAT32, FLOAT64 -> real(value);
        case STRING -> text(value);
        case BYTES -> bytes(value);
        case DATETIME -> instant(value);
        default -> value;
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw refused(value);
    }
  }

  private Value truth(Value value) {
    if (value instanceof BooleanValue) {
      return value;
    }
    if (value instanceof TextValue text) {
      String word = text.value().trim();
      if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
        return BooleanValue.of(word.equalsIgnoreCase("true"));
      }
    }
    BigDecimal number = number(value);
    if (number.signum() != 0 && number.compareTo(BigDecimal.ONE) != 0) {
      throw refused(value);
    }
    return BooleanValue.of(number.signum() != 0);
  }

  private Value whole(Value value) {
    // The usual case without a detour.
    if (value instanceof LongValue number && (type == ValueType.INT64)) {
      return number;
    }
    BigDecimal exact = number(value);
    if ((long) exact.precision() - exact.scale() > MOST_DIGITS) {
      throw refused(value);
    }
    BigInteger number = exact.toBigIntegerExact();
    if (number.compareTo(least()) < 0 || number.compareTo(most()) > 0) {
      throw refused(value);
    }
    return number.bitLength() < Long.SIZE
        ? new LongValue(number.longValueExact())
        : new BigValue(number);
  }

  /** Decimals are rounded to the next number of the type; whole numbers must not change. */
  private Value real(Value value) {
    boolean single = type == ValueType.FLOAT32;
    if (value instanceof DoubleValue number) {
      if (single && Double.isFinite(number.value()) && !fitsSingle(number.value())) {
        throw refused(value);
      }
      return number;
    }
    BigDecimal exact = number(value);
    double number = exact.doubleValue();
    if (Double.isInfinite(number) || (single && !fitsSingle(number))) {
      throw refused(value);
    }
    if (!(value instanceof TextValue)
        && new BigDecimal(single ? (float) number : number).compareTo(exact) != 0) {
      throw refused(value);
    }
    return new DoubleValue(number);
  }

  private static boolean fitsSingle(double number) {
    return !Float.isInfinite((float) number);
  }

  private int bits() {
    return switch (type) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      default -> 64;
    };
  }

  private boolean isUnsigned() {
    return switch (type) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  private BigInteger least() {
    return isUnsigned() ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(bits() - 1).negate();
  }

  private BigInteger most() {
    return BigInteger.ONE.shiftLeft(isUnsigned() ? bits() : bits() - 1).subtract(BigInteger.ONE);
  }

  private BigDecimal number(Value value) {
    if (value instanceof LongValue number) {
      return BigDecimal.valueOf(number.value());
    } else if (value instanceof DoubleValue number) {
      return new BigDecimal(number.value());
    } else if (value instanceof BigValue number) {
      return new BigDecimal(number.value());
    } else if (value instanceof BooleanValue flag) {
      return flag.value() ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof EnumValue number) {
      return BigDecimal.valueOf(number.value());
    } else if (value instanceof TextValue text) {
      return new BigDecimal(text.value().trim());
    }
    throw refused(value);
  }

  private Value text(Value value) {
    if (value instanceof StructValue || value instanceof BytesValue) {
      throw refused(value);
    }
    return value instanceof TextValue ? value : new TextValue(words(value));
  }

  private Value bytes(Value value) {
    if (value instanceof BytesValue) {
      return value;
    }
    throw refused(value);
  }

  private Value instant(Value value) {
    if (value instanceof InstantValue) {
      return value;
    }
    if (value instanceof TextValue text) {
      return new InstantValue(OffsetDateTime.parse(text.value().trim()).toInstant());
    }
    if (value instanceof LongValue millis) {
      return new InstantValue(Instant.ofEpochMilli(millis.value()));
    }
    throw refused(value);
  }

  private static String words(Value value) {
    if (value instanceof LongValue number) {
      return Long.toString(number.value());
    } else if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    } else if (value instanceof BigValue number) {
      return number.value().toString();
    } else if (value instanceof BooleanValue flag) {
      return Boolean.toString(flag.value());
    } else if (value instanceof EnumValue number) {
      return number.label();
    } else if (value instanceof InstantValue instant) {
      return instant.value().toString();
    } else if (value instanceof TextValue text) {
      return text.value().substring(0, Math.min(40, text.value().length()));
    }
    return "a structure or bytes";
  }

  private UndecodableException refused(Value value) {
    return new UndecodableException(
        "type="
            + type.configName()
            + " on the tag line cannot hold "
            + words(value)
            + "; remove the type, or choose another");
  }
}
