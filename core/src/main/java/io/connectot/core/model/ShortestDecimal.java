// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * Numbers of single precision in double precision, by their decimal digits: a device that means
 * 90.6 sends the float next to it, whose exact value is 90.5999984741211.
 */
public final class ShortestDecimal {
  /** The powers of ten that a double holds exactly. */
  static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** From here on, every float is a whole number. */
  private static final float WHOLE = 1 << 23;

  private static final float LARGEST = 0x1p63f;

  /** Below, the search would need powers of ten that a double does not hold. */
  private static final float SMALLEST = 1e-13f;

  private ShortestDecimal() {}

  /**
   * The double next to the decimal number with the fewest decimals of those that are this float in
   * single precision. Whole numbers that fit 64 bits, NaN and infinities stay what they are.
   */
  public static double of(float number) {
    float magnitude = Math.abs(number);
    if ((magnitude >= WHOLE && magnitude < LARGEST) || magnitude == 0 || !Float.isFinite(number)) {
      return number;
    }
    if (magnitude < SMALLEST || magnitude >= LARGEST) {
      return Double.parseDouble(Float.toString(number));
    }
    double exact = number;
    for (double power : POWERS) {
      // Both operands are whole and exact, so the quotient is the double next to the decimal
      // number.
      double candidate = Math.rint(exact * power) / power;
      if ((float) candidate == number) {
        return candidate;
      }
    }
    return Double.parseDouble(Float.toString(number));
  }
}
