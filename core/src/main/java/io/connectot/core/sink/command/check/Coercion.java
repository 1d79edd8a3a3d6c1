// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import io.connectot.core.model.Scaling;
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
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.sink.command.read.CommandRejectedException;
import io.connectot.core.spi.WriteTarget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Converts the value of a command into the raw value of a tag: takes the scaling back, and converts
 * exactly or not at all. Texts are never taken for numbers, nor numbers for truth values.
 */
final class Coercion {
  /** What may be left over of a raw whole number: decimals that floating point computed. */
  private static final BigDecimal ROUNDING = new BigDecimal("1e-12");

  /** What may be left over of any number, and of large ones, which are precise to a tenth or so. */
  private static final BigDecimal LEAST_ROUNDING = new BigDecimal("1e-9");

  private static final BigDecimal MOST_ROUNDING = new BigDecimal("0.2");

  /** The largest raw number of which a decimal keeps every digit. */
  private static final BigDecimal MOST_EXACT = new BigDecimal(1L << 53);

  private Coercion() {}

  /**
   * The raw value.
   *
   * @throws CommandRejectedException when the tag cannot hold the value
   */
  static Value raw(Value value, WriteTarget target, Scaling scaling)
      throws CommandRejectedException {
    if (target.arguments() != null) {
      return arguments(value, target.arguments(), scaling);
    }
    if (!target.array() || target.type() == ValueType.JSON) {
      return single(value, target.type(), scaling);
    }
    if (!(value instanceof ArrayValue array)) {
      throw new CommandRejectedException(
          "the tag takes an array of " + target.type().configName() + ", not " + describe(value));
    }
    return new ArrayValue(target.type(), elements(array, target.type(), scaling));
  }

  private static Value arguments(Value value, List<WriteTarget> wanted, Scaling scaling)
      throws CommandRejectedException {
    List<Value> given =
        value instanceof ArrayValue array && !(wanted.size() == 1 && wanted.get(0).array())
            ? array.elements()
            : List.of(value);
    if (given.size() != wanted.size()) {
      throw new CommandRejectedException(
          "the tag takes an array of " + wanted.size() + " arguments, not of " + given.size());
    }
    List<Value> raw = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      raw.add(raw(given.get(i), wanted.get(i), scaling));
    }
    return new ArrayValue(ValueType.UNKNOWN, raw);
  }

  /** Elements may be arrays themselves, of a matrix. */
  private static List<Value> elements(ArrayValue array, ValueType type, Scaling scaling)
      throws CommandRejectedException {
    List<Value> raw = new ArrayList<>(array.elements().size());
    for (Value element : array.elements()) {
      raw.add(
          element instanceof ArrayValue inner
              ? new ArrayValue(type, elements(inner, type, scaling))
              : single(element, type, scaling));
    }
    return raw;
  }

  private static Value single(Value value, ValueType type, Scaling scaling)
      throws CommandRejectedException {
    if (value instanceof NullValue) {
      throw new CommandRejectedException("the value is null");
    }
    if (value instanceof DoubleValue number && !Double.isFinite(number.value())) {
      throw new CommandRejectedException(number.value() + " is not a number that can be written");
    }
    return switch (type) {
      case BOOLEAN -> expect(value instanceof BooleanValue, value, type, "true or false");
      case STRING -> expect(value instanceof TextValue, value, type, "a text");
      case BYTES -> bytes(value);
      case DATETIME -> new InstantValue(instant(value));
      case FLOAT32, FLOAT64 -> real(value, type, scaling);
      case JSON -> value;
      case UNKNOWN -> scaling.isIdentity() ? value : real(value, ValueType.FLOAT64, scaling);
      default -> whole(value, type, scaling);
    };
  }

  private static Value expect(boolean fits, Value value, ValueType type, String wanted)
      throws CommandRejectedException {
    if (!fits) {
      throw new CommandRejectedException(
          describe(value) + " is not of type " + type.configName() + "; send " + wanted);
    }
    return value;
  }

  private static Value bytes(Value value) throws CommandRejectedException {
    if (value instanceof TextValue text) {
      try {
        return new BytesValue(Base64.getDecoder().decode(text.value()));
      } catch (IllegalArgumentException e) {
        throw new CommandRejectedException("the text is not Base64, as bytes must be in JSON");
      }
    }
    return expect(value instanceof BytesValue, value, ValueType.BYTES, "bytes, in JSON as Base64");
  }

  private static Instant instant(Value value) throws CommandRejectedException {
    if (value instanceof InstantValue instant) {
      return instant.value();
    }
    if (value instanceof TextValue text) {
      try {
        return OffsetDateTime.parse(text.value()).toInstant();
      } catch (DateTimeException e) {
        // The message below covers every value that is not a time.
      }
    }
    throw new CommandRejectedException(
        describe(value) + " is not a time; send a text such as 2026-11-28T21:28:12Z");
  }

  /** The number of a value; null when it is none. */
  static BigDecimal number(Value value) {
    if (value instanceof LongValue whole) {
      return BigDecimal.valueOf(whole.value());
    } else if (value instanceof BigValue whole) {
      return new BigDecimal(whole.value());
    } else if (value instanceof EnumValue whole) {
      return BigDecimal.valueOf(whole.value());
    } else if (value instanceof DoubleValue real && Double.isFinite(real.value())) {
      return BigDecimal.valueOf(real.value());
    }
    return null;
  }

  private static BigDecimal rawNumber(Value value, ValueType type, Scaling scaling)
      throws CommandRejectedException {
    BigDecimal number = number(value);
    if (number == null) {
      throw new CommandRejectedException(
          describe(value) + " is not of type " + type.configName() + "; send a number");
    }
    return scaling.remove(number);
  }

  private static Value whole(Value value, ValueType type, Scaling scaling)
      throws CommandRejectedException {
    BigDecimal raw = rawNumber(value, type, scaling);
    if (value instanceof DoubleValue && raw.abs().compareTo(MOST_EXACT) > 0) {
      throw new CommandRejectedException(
          describe(value)
              + " has more digits than a decimal keeps: the device would get another number");
    }
    BigInteger nearest = raw.setScale(0, java.math.RoundingMode.HALF_EVEN).toBigInteger();
    BigDecimal rest = raw.subtract(new BigDecimal(nearest)).abs();
    boolean exact =
        rest.signum() == 0
            || (!scaling.isIdentity()
                && rest.compareTo(
                        ROUNDING.multiply(raw.abs()).max(LEAST_ROUNDING).min(MOST_ROUNDING))
                    <= 0);
    if (!exact) {
      throw new CommandRejectedException(
          describe(value)
              + (scaling.isIdentity()
                  ? " is not a whole number, as type " + type.configName() + " needs"
                  : " is not a multiple of the tag's scale"));
    }
    if (nearest.compareTo(least(type)) < 0 || nearest.compareTo(most(type)) > 0) {
      throw new CommandRejectedException(
          describe(value) + " does not fit type " + type.configName());
    }
    return nearest.bitLength() < Long.SIZE
        ? new LongValue(nearest.longValue())
        : new BigValue(nearest);
  }

  private static BigInteger least(ValueType type) {
    return switch (type) {
      case INT8, INT16, INT32, INT64 -> BigInteger.ONE.shiftLeft(bits(type) - 1).negate();
      default -> BigInteger.ZERO;
    };
  }

  private static BigInteger most(ValueType type) {
    return switch (type) {
      case INT8, INT16, INT32, INT64 ->
          BigInteger.ONE.shiftLeft(bits(type) - 1).subtract(BigInteger.ONE);
      default -> BigInteger.ONE.shiftLeft(bits(type)).subtract(BigInteger.ONE);
    };
  }

  private static int bits(ValueType type) {
    return switch (type) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      default -> 64;
    };
  }

  private static Value real(Value value, ValueType type, Scaling scaling)
      throws CommandRejectedException {
    BigDecimal raw = rawNumber(value, type, scaling);
    double number = raw.doubleValue();
    boolean single = type == ValueType.FLOAT32;
    if (single ? Float.isInfinite((float) number) : Double.isInfinite(number)) {
      throw new CommandRejectedException(
          describe(value) + " does not fit type " + type.configName());
    }
    // Decimals are rounded to the next number of the type; whole numbers must not change.
    boolean isWhole = value instanceof LongValue || value instanceof BigValue;
    if (isWhole
        && scaling.isIdentity()
        && new BigDecimal(single ? (float) number : number).compareTo(raw) != 0) {
      throw new CommandRejectedException(
          describe(value) + " has more digits than type " + type.configName() + " can hold");
    }
    return new DoubleValue(number);
  }

  /** A value in words, short enough for a message. */
  static String describe(Value value) {
    if (value instanceof TextValue text) {
      String cut =
          text.value().length() > 40 ? text.value().substring(0, 40) + "..." : text.value();
      return "the text '" + cut + "'";
    } else if (value instanceof BooleanValue flag) {
      return Boolean.toString(flag.value());
    } else if (value instanceof ArrayValue) {
      return "an array";
    } else if (value instanceof BytesValue) {
      return "bytes";
    } else if (value instanceof InstantValue instant) {
      return instant.value().toString();
    }
    BigDecimal number = number(value);
    return number == null ? "an object" : number.stripTrailingZeros().toPlainString();
  }
}
