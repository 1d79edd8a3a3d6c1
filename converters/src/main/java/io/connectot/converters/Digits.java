// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

/**
 * Writes numbers in the form of {@link Long#toString}, {@link Double#toString} and {@link
 * Float#toString}.
 *
 * <p>A floating-point number is written here when it is the nearest to a decimal that has few
 * digits, as most measured values are. Such a decimal is the only one of its length that is read
 * back as the same number: all JDKs print it, although they differ for other numbers.
 */
final class Digits {
  /** The longest text of a number. */
  static final int MAX_LENGTH = 26;

  /** Returned for a number that the JDK has to print. */
  static final int UNSUPPORTED = -1;

  private static final double[] POWERS = new double[18];
  private static final long[] LONG_POWERS = new long[19];
  private static final byte[] PAIRS = new byte[200];

  /** Decimals of at most this many digits, as most values have. */
  private static final int USUAL_SCALE = 4;

  private static final double MAX_OF_USUAL_SCALE = 1e11;

  static {
    long power = 1;
    for (int i = 0; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = power;
      if (i < POWERS.length) {
        POWERS[i] = power;
      }
      power *= 10;
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private Digits() {}

  /** Writes a number and returns the position after it. */
  static int write(long value, byte[] target, int position) {
    if (value >= 0) {
      return writePositive(value, target, position);
    }
    if (value == Long.MIN_VALUE) {
      // Has no positive counterpart.
      int next = write(value / 10, target, position);
      target[next] = '8';
      return next + 1;
    }
    target[position] = '-';
    return writePositive(-value, target, position + 1);
  }

  /**
   * Writes a finite number.
   *
   * @return the position after it, or {@link #UNSUPPORTED}
   */
  static int write(double value, byte[] target, int position) {
    double abs = Math.abs(value);
    if (abs == 0) {
      return writeZero(1 / value < 0, target, position);
    }
    if (!(abs >= 1e-3 && abs < 1e15)) {
      return UNSUPPORTED;
    }
    if (abs < MAX_OF_USUAL_SCALE) {
      long usual = (long) (abs * POWERS[USUAL_SCALE] + 0.5);
      if (usual / POWERS[USUAL_SCALE] == abs) {
        return writeDecimal(value < 0, usual, USUAL_SCALE, target, position);
      }
    }
    // 15 digits, the most that a decimal can have to be unique.
    int scale = 15 - digitsBeforePoint(abs);
    long unscaled = (long) (abs * POWERS[scale] + 0.5);
    return unscaled / POWERS[scale] == abs
        ? writeDecimal(value < 0, unscaled, scale, target, position)
        : UNSUPPORTED;
  }

  /**
   * Writes a finite number.
   *
   * @return the position after it, or {@link #UNSUPPORTED}
   */
  static int write(float value, byte[] target, int position) {
    double abs = Math.abs(value);
    if (abs == 0) {
      return writeZero(1 / value < 0, target, position);
    }
    if (!(abs >= 1e-3 && abs < 1e6)) {
      return UNSUPPORTED;
    }
    int scale = 6 - digitsBeforePoint(abs);
    long unscaled = (long) (abs * POWERS[scale] + 0.5);
    return (float) (unscaled / POWERS[scale]) == (float) abs
        ? writeDecimal(value < 0, unscaled, scale, target, position)
        : UNSUPPORTED;
  }

  /** Returns the digits before the decimal point; negative for zeros behind it. */
  private static int digitsBeforePoint(double abs) {
    if (abs < 1) {
      return abs < 1e-2 ? -2 : abs < 1e-1 ? -1 : 0;
    }
    int digits = 1;
    while (abs >= POWERS[digits]) {
      digits++;
    }
    return digits;
  }

  private static int writeZero(boolean negative, byte[] target, int position) {
    int next = position;
    if (negative) {
      target[next++] = '-';
    }
    target[next++] = '0';
    target[next++] = '.';
    target[next++] = '0';
    return next;
  }

  private static int writeDecimal(
      boolean negative, long digits, int digitsAfterPoint, byte[] target, int position) {
    int next = position;
    if (negative) {
      target[next++] = '-';
    }
    long unscaled = digits;
    int scale = digitsAfterPoint;
    while (scale > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    long power = LONG_POWERS[scale];
    long whole = unscaled / power;
    if (whole >= 10_000_000) {
      return writeScientific(unscaled, scale, target, next);
    }
    next = writePositive(whole, target, next);
    target[next++] = '.';
    return scale == 0
        ? writePadded(0, 1, target, next)
        : writePadded(unscaled - whole * power, scale, target, next);
  }

  /** Writes a number from ten million, in the form 1.2345E7. */
  private static int writeScientific(long digits, int scale, byte[] target, int position) {
    long unscaled = digits;
    int length = length(unscaled);
    int exponent = length - 1 - scale;
    while (unscaled % 10 == 0) {
      unscaled /= 10;
      length--;
    }
    int next = position;
    long power = LONG_POWERS[length - 1];
    long first = unscaled / power;
    target[next++] = (byte) ('0' + first);
    target[next++] = '.';
    next =
        length == 1
            ? writePadded(0, 1, target, next)
            : writePadded(unscaled - first * power, length - 1, target, next);
    target[next++] = 'E';
    return writePositive(exponent, target, next);
  }

  private static int writePositive(long value, byte[] target, int position) {
    return writePadded(value, length(value), target, position);
  }

  /** Returns the number of decimal digits of a number that is not negative. */
  private static int length(long value) {
    if (value < 1000) {
      return value < 10 ? 1 : value < 100 ? 2 : 3;
    }
    // 1233 / 4096 is the logarithm of 2, so this is the number of digits or one less.
    int length = ((Long.SIZE - Long.numberOfLeadingZeros(value)) * 1233) >>> 12;
    return value >= LONG_POWERS[length] ? length + 1 : length;
  }

  /** Writes a number with leading zeros up to a length. */
  private static int writePadded(long value, int length, byte[] target, int position) {
    int end = position + length;
    int at = end;
    long rest = value;
    while (rest > Integer.MAX_VALUE) {
      long quotient = rest / 100;
      at -= 2;
      writePair((int) (rest - quotient * 100), target, at);
      rest = quotient;
    }
    int small = (int) rest;
    while (at - position >= 2) {
      int quotient = small / 100;
      at -= 2;
      writePair(small - quotient * 100, target, at);
      small = quotient;
    }
    if (at > position) {
      target[position] = (byte) ('0' + small);
    }
    return end;
  }

  private static void writePair(int value, byte[] target, int position) {
    target[position] = PAIRS[2 * value];
    target[position + 1] = PAIRS[2 * value + 1];
  }
}
