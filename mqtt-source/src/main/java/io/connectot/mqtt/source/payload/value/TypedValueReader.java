// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.Excerpt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads values with their natural or a declared type. Immutable. */
public final class TypedValueReader {
  private static final BigInteger MOST_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** Longer numbers are rejected: they are not values of a device, and costly to compute with. */
  private static final int MOST_DIGITS = 400;

  private final Optional<ValueType> declared;
  private final boolean arrays;

  /**
   * @param declared empty for the natural type
   * @param arrays whether values are recorded as they are, under one schema: arrays without objects
   *     remain arrays with the natural type, otherwise they become JSON; and whole numbers have the
   *     type of other numbers, because JSON has one kind of number
   */
  public TypedValueReader(Optional<ValueType> declared, boolean arrays) {
    this.declared = declared;
    this.arrays = arrays;
  }

  /** A value and its type. */
  public record Typed(ValueType type, Value value) {}

  /** The type of a measurement without a value. */
  public ValueType typeOfNone() {
    return declared.orElse(ValueType.UNKNOWN);
  }

  /**
   * Reads a value.
   *
   * @param node not null
   * @return null when the value does not have the type
   */
  public Typed read(JsonNode node) {
    if (declared.isEmpty()) {
      Value array = arrays && node.isArray() ? array(node) : null;
      if (array != null) {
        return new Typed(ValueType.JSON, array);
      }
      Typed typed = natural(node);
      return arrays && typed != null ? real(typed) : typed;
    }
    ValueType type = declared.get();
    Value value =
        switch (type) {
          case BOOLEAN -> bool(node);
          case FLOAT32 -> single(node);
          case FLOAT64 -> real(node);
          case STRING -> new Value.TextValue(node.isValueNode() ? node.asText() : node.toString());
          case JSON -> new Value.TextValue(node.toString());
          default -> integer(type, node);
        };
    return value == null ? null : new Typed(type, value);
  }

  /** Why a value cannot be read: a code, the value, and what it should be. */
  public String mismatch(JsonNode node) {
    return declared.isPresent()
        ? "BAD_TYPE: " + Excerpt.shorten(node.toString()) + " is not " + declared.get().configName()
        : "OUT_OF_RANGE: a number is beyond the range of 64 bits";
  }

  /** The same value as a floating-point number if it is a whole number that this holds. */
  private static Typed real(Typed typed) {
    return typed.value() instanceof Value.LongValue whole
            && (long) (double) whole.value() == whole.value()
        ? new Typed(ValueType.FLOAT64, new Value.DoubleValue((double) whole.value()))
        : typed;
  }

  private static Typed natural(JsonNode node) {
    if (node.isBoolean()) {
      return new Typed(ValueType.BOOLEAN, Value.BooleanValue.of(node.booleanValue()));
    }
    if (node.isIntegralNumber()) {
      return integral(node);
    }
    if (node.isNumber()) {
      Value real = finite(node);
      return real == null ? null : new Typed(ValueType.FLOAT64, real);
    }
    if (node.isTextual()) {
      Value special = special(node.textValue());
      return special == null
          ? new Typed(ValueType.STRING, new Value.TextValue(node.textValue()))
          : new Typed(ValueType.FLOAT64, special);
    }
    return new Typed(ValueType.JSON, new Value.TextValue(node.toString()));
  }

  /** Null if the array contains objects. */
  private static Value array(JsonNode node) {
    List<Value> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      Value value =
          switch (element.getNodeType()) {
            case NULL -> Value.NullValue.NULL;
            case OBJECT -> null;
            case ARRAY -> array(element);
            default -> {
              Typed typed = natural(element);
              yield typed == null ? null : typed.value();
            }
          };
      if (value == null) {
        return null;
      }
      elements.add(value);
    }
    return new Value.ArrayValue(ValueType.JSON, elements);
  }

  private static Typed integral(JsonNode node) {
    if (node.canConvertToLong()) {
      return new Typed(ValueType.INT64, new Value.LongValue(node.longValue()));
    }
    BigInteger big = node.bigIntegerValue();
    return big.signum() > 0 && big.compareTo(MOST_UNSIGNED) <= 0
        ? new Typed(ValueType.UINT64, new Value.BigValue(big))
        : new Typed(ValueType.STRING, new Value.TextValue(big.toString()));
  }

  private static Value bool(JsonNode node) {
    if (node.isBoolean()) {
      return Value.BooleanValue.of(node.booleanValue());
    }
    return switch (node.asText().trim().toLowerCase(Locale.ROOT)) {
      case "true", "on", "1", "1.0" -> Value.BooleanValue.TRUE;
      case "false", "off", "0", "0.0" -> Value.BooleanValue.FALSE;
      default -> null;
    };
  }

  private static Value real(JsonNode node) {
    if (node.isNumber()) {
      return finite(node);
    }
    if (!node.isTextual()) {
      return null;
    }
    Value special = special(node.textValue());
    BigDecimal number = special == null ? decimal(node.textValue()) : null;
    if (number == null) {
      return special;
    }
    double real = number.doubleValue();
    return Double.isFinite(real) ? new Value.DoubleValue(real) : null;
  }

  /** Null also for a number that 32 bits cannot hold. */
  private static Value single(JsonNode node) {
    Value real = real(node);
    return real instanceof Value.DoubleValue number
            && Double.isFinite(number.value())
            && Float.isInfinite((float) number.value())
        ? null
        : real;
  }

  /** Null for a number that a double cannot hold. */
  private static Value finite(JsonNode node) {
    double number = node.doubleValue();
    return Double.isFinite(number) ? new Value.DoubleValue(number) : null;
  }

  private static Value integer(ValueType type, JsonNode node) {
    BigDecimal number = null;
    if (node.isIntegralNumber()) {
      number = new BigDecimal(node.bigIntegerValue());
    } else if (node.isNumber() && Double.isFinite(node.doubleValue())) {
      number = BigDecimal.valueOf(node.doubleValue());
    } else if (node.isTextual()) {
      number = decimal(node.textValue());
    }
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      return null;
    }
    BigInteger integer = number.toBigInteger();
    if (integer.compareTo(least(type)) < 0 || integer.compareTo(most(type)) > 0) {
      return null;
    }
    return integer.bitLength() < Long.SIZE
        ? new Value.LongValue(integer.longValue())
        : new Value.BigValue(integer);
  }

  private static BigInteger least(ValueType type) {
    return unsigned(type) ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(bits(type) - 1).negate();
  }

  private static BigInteger most(ValueType type) {
    int bits = unsigned(type) ? bits(type) : bits(type) - 1;
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static boolean unsigned(ValueType type) {
    return type.name().startsWith("U");
  }

  private static int bits(ValueType type) {
    return switch (type) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      default -> 64;
    };
  }

  /** Numbers that JSON lacks, written as text. */
  private static Value special(String text) {
    return switch (text.trim()) {
      case "NaN", "nan", "NAN", "-nan" -> new Value.DoubleValue(Double.NaN);
      case "Infinity", "+Infinity", "inf", "+inf" ->
          new Value.DoubleValue(Double.POSITIVE_INFINITY);
      case "-Infinity", "-inf" -> new Value.DoubleValue(Double.NEGATIVE_INFINITY);
      default -> null;
    };
  }

  private static BigDecimal decimal(String text) {
    String digits = text.trim();
    if (digits.length() > MOST_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(digits);
      return Math.abs((long) number.scale()) > MOST_DIGITS ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
