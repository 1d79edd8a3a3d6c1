// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

/** The bits of IEEE 754 numbers. */
final class FloatBits {
  private static final int HALF_FRACTION = 10;
  private static final double LARGEST_HALF = 65_504;

  private FloatBits() {}

  /**
   * The bits of the nearest number of 16, 32 or 64 bits; null when it is larger than all, or a
   * whole number that 16 bits do not hold.
   */
  static Long of(double value, int bits) {
    if (bits == 64) {
      return Double.doubleToLongBits(value);
    }
    if (bits == 32) {
      float single = (float) value;
      boolean fits = Float.isInfinite(single) == Double.isInfinite(value);
      if (!fits) {
        return null;
      }
      return Float.floatToIntBits(single) & 0xFFFF_FFFFL;
    }
    return half(value);
  }

  /** Rounds to the nearest, of two equally near ones to the even one. */
  private static Long half(double value) {
    long sign = Math.copySign(1, value) < 0 ? 0x8000 : 0;
    double magnitude = Math.abs(value);
    if (Double.isNaN(value)) {
      return 0x7E00L;
    }
    if (Double.isInfinite(value)) {
      return sign | 0x7C00;
    }
    // Units of the last place: 2^-24 for the smallest numbers.
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    double exact = Math.scalb(magnitude, HALF_FRACTION - exponent);
    double units = Math.rint(exact);
    if (units != exact && magnitude == Math.rint(magnitude)) {
      // A whole number has all its digits, or is not one of the type.
      return null;
    }
    double rounded = Math.scalb(units, exponent - HALF_FRACTION);
    if (rounded > LARGEST_HALF) {
      return null;
    }
    long whole = (long) units;
    // A fraction that was rounded up to the next power of two carries into the exponent.
    long biased = whole < 1 << HALF_FRACTION ? 0 : exponent + 14;
    return sign | (biased << HALF_FRACTION) + whole;
  }
}
