// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.spi.line.LineException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that mean that there is no value: {@code invalid=0x8000,NaN}. Hexadecimal numbers are
 * compared with the bits as read, decimal numbers with the value before scaling. Immutable.
 */
public final class Sentinels {
  /** Without sentinels. */
  public static final Sentinels NONE =
      new Sentinels(new long[0], new DecodedValue[0], Optional.empty());

  private final long[] patterns;
  private final DecodedValue[] readings;
  private final Optional<DecodedValue> nan;

  private Sentinels(long[] patterns, DecodedValue[] readings, Optional<DecodedValue> nan) {
    this.patterns = patterns;
    this.readings = readings;
    this.nan = nan;
  }

  /** The decoded value of a sentinel; null for other bits. */
  public DecodedValue match(long raw, int bits) {
    for (int i = 0; i < patterns.length; i++) {
      if (patterns[i] == raw) {
        return readings[i];
      }
    }
    return nan.isPresent() && Double.isNaN(NumberFormat.floating(raw, bits)) ? nan.get() : null;
  }

  /**
   * Reads {@code invalid=}.
   *
   * @throws LineException when the type cannot contain a sentinel
   */
  public static Sentinels parse(String text, NumberFormat format, int bits) throws LineException {
    List<Long> patterns = new ArrayList<>();
    List<DecodedValue> readings = new ArrayList<>();
    Optional<DecodedValue> nan = Optional.empty();
    for (String item : text.split(",", -1)) {
      String word = item.trim();
      DecodedValue reading = DecodedValue.uncertain(null, "SENTINEL " + word);
      if (format == NumberFormat.FLOAT && word.equalsIgnoreCase("nan")) {
        nan = Optional.of(reading);
        continue;
      }
      try {
        for (long pattern : patterns(word, format, bits)) {
          patterns.add(pattern);
          readings.add(reading);
        }
      } catch (NumberFormatException e) {
        throw new LineException(
            "invalid="
                + text
                + ": '"
                + word
                + "' is not a number that "
                + bits
                + " bits of this type can hold; write sentinels like 0x8000"
                + (format == NumberFormat.FLOAT ? " or NaN" : " or -32768")
                + ", separated by commas");
      }
    }
    return new Sentinels(
        patterns.stream().mapToLong(Long::longValue).toArray(),
        readings.toArray(DecodedValue[]::new),
        nan);
  }

  private static long[] patterns(String word, NumberFormat format, int bits) {
    if (word.regionMatches(true, 0, "0x", 0, 2)) {
      return new long[] {fit(new BigInteger(word.substring(2), 16), BigInteger.ZERO, bits)};
    }
    return switch (format) {
      case FLOAT -> floats(Double.parseDouble(word), bits);
      // Decimal digits are the hex digits of the pattern.
      case BCD -> new long[] {fit(new BigInteger(digits(word), 16), BigInteger.ZERO, bits)};
      case MOD10K -> new long[] {fit(registers(word), BigInteger.ZERO, bits)};
      case SIGNED ->
          new long[] {fit(new BigInteger(word), BigInteger.ONE.shiftLeft(bits - 1).negate(), bits)};
      case UNSIGNED -> new long[] {fit(new BigInteger(word), BigInteger.ZERO, bits)};
    };
  }

  /** Registers of four decimal digits each. */
  private static BigInteger registers(String word) {
    BigInteger left = new BigInteger(word);
    BigInteger base = BigInteger.valueOf(10_000);
    BigInteger bits = BigInteger.ZERO;
    for (int shift = 0; left.signum() > 0; shift += 16) {
      bits = bits.or(left.mod(base).shiftLeft(shift));
      left = left.divide(base);
    }
    return left.signum() < 0 ? left : bits;
  }

  private static String digits(String word) {
    return Long.toString(Long.parseUnsignedLong(word));
  }

  private static long[] floats(double value, int bits) {
    return switch (bits) {
      case 32 ->
          value == 0
              ? new long[] {0, 0x8000_0000L}
              : new long[] {Float.floatToIntBits((float) value) & 0xFFFF_FFFFL};
      case 64 ->
          value == 0 ? new long[] {0, Long.MIN_VALUE} : new long[] {Double.doubleToLongBits(value)};
      default -> halves(value);
    };
  }

  private static long[] halves(double value) {
    List<Long> found = new ArrayList<>();
    for (long raw = 0; raw < 0x10000; raw++) {
      if (NumberFormat.floating(raw, 16) == value) {
        found.add(raw);
      }
    }
    if (found.isEmpty()) {
      throw new NumberFormatException();
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private static long fit(BigInteger value, BigInteger lowest, int bits) {
    if (value.compareTo(lowest) < 0 || value.compareTo(BigInteger.ONE.shiftLeft(bits)) >= 0) {
      throw new NumberFormatException();
    }
    long mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
    return value.longValue() & mask;
  }
}
