// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;

/**
 * A linear conversion of a raw number into engineering units: {@code raw * scale + offset},
 * computed in decimals, as the numbers are meant: 393 with a scale of 0.1 is 39.3, not
 * 39.300000000000004. Immutable.
 */
public final class Scaling {
  /** Leaves every number as it is. */
  public static final Scaling NONE = new Scaling(1, 0);

  /** Up to here, a double holds every whole number. */
  private static final long EXACT = 1L << 53;

  /** More decimals are not looked for in a raw number. */
  private static final int DECIMALS = 9;

  private final double scale;
  private final double offset;
  private final BigDecimal exactScale;
  private final BigDecimal exactOffset;

  /** Decimals of scale and offset; -1 if they do not fit the fields below. */
  private final int decimals;

  /** Scale and offset times ten to the power of {@link #decimals}. */
  private final long wholeScale;

  private final long wholeOffset;

  /**
   * @param scale finite and not zero
   * @param offset finite
   */
  public Scaling(double scale, double offset) {
    if (!Double.isFinite(scale) || scale == 0) {
      throw new IllegalArgumentException("scale must be finite and not 0, but is " + scale);
    }
    if (!Double.isFinite(offset)) {
      throw new IllegalArgumentException("offset must be finite, but is " + offset);
    }
    this.scale = scale;
    this.offset = offset;
    this.exactScale = BigDecimal.valueOf(scale).stripTrailingZeros();
    this.exactOffset = BigDecimal.valueOf(offset).stripTrailingZeros();
    int most = Math.max(0, Math.max(exactScale.scale(), exactOffset.scale()));
    BigInteger ofScale = whole(exactScale, most);
    BigInteger ofOffset = whole(exactOffset, most);
    boolean fits =
        most < ShortestDecimal.POWERS.length
            && ofScale.bitLength() < Long.SIZE
            && ofOffset.bitLength() < Long.SIZE;
    this.decimals = fits ? most : -1;
    this.wholeScale = fits ? ofScale.longValue() : 0;
    this.wholeOffset = fits ? ofOffset.longValue() : 0;
  }

  private static BigInteger whole(BigDecimal number, int decimals) {
    // Numbers as large as 1e308 would only be computed to be thrown away.
    return decimals < ShortestDecimal.POWERS.length && number.scale() > -Long.SIZE
        ? number.movePointRight(decimals).toBigIntegerExact()
        : BigInteger.ONE.shiftLeft(Long.SIZE);
  }

  /** Whether {@link #apply(double)} returns every number as it is. */
  public boolean isIdentity() {
    return scale == 1 && offset == 0;
  }

  /** A whole number in engineering units: the double next to the exact result. */
  public double apply(long raw) {
    if (decimals >= 0) {
      double exact = quotient(raw, 1, decimals);
      if (!Double.isNaN(exact)) {
        return exact;
      }
    }
    return exact(BigDecimal.valueOf(raw));
  }

  /** A whole number in engineering units: the double next to the exact result. */
  public double apply(BigInteger raw) {
    return exact(new BigDecimal(raw));
  }

  /**
   * A number in engineering units: the double next to the exact result for a number with few
   * decimals, as most are that people chose or displays show.
   */
  public double apply(double raw) {
    if (isIdentity()) {
      return raw;
    }
    if (decimals >= 0 && Math.abs(raw) < EXACT) {
      for (int more = 0;
          more <= DECIMALS && decimals + more < ShortestDecimal.POWERS.length;
          more++) {
        double power = ShortestDecimal.POWERS[more];
        double whole = Math.rint(raw * power);
        if (Math.abs(whole) >= EXACT) {
          break;
        }
        if (whole / power == raw) {
          double exact = quotient((long) whole, (long) power, decimals + more);
          return Double.isNaN(exact) ? exact(BigDecimal.valueOf(raw)) : exact;
        }
      }
    }
    return raw * scale + offset;
  }

  /**
   * The double next to (whole * scale + offset * power) / 10^exponent, where all of it is whole;
   * NaN if a double cannot hold the dividend.
   */
  private double quotient(long whole, long power, int exponent) {
    long scaled = whole * wholeScale;
    long shift = wholeOffset * power;
    long dividend = scaled + shift;
    boolean overflows =
        Math.multiplyHigh(whole, wholeScale) != scaled >> (Long.SIZE - 1)
            || Math.multiplyHigh(wholeOffset, power) != shift >> (Long.SIZE - 1)
            || ((scaled ^ dividend) & (shift ^ dividend)) < 0;
    return overflows || dividend > EXACT || dividend < -EXACT
        ? Double.NaN
        : dividend / ShortestDecimal.POWERS[exponent];
  }

  private double exact(BigDecimal raw) {
    return raw.multiply(exactScale).add(exactOffset).doubleValue();
  }

  /** A number in engineering units, exactly. */
  public BigDecimal apply(BigDecimal raw) {
    return raw.multiply(exactScale).add(exactOffset);
  }

  /** The raw number of one in engineering units, to 34 digits if it has no end. */
  public BigDecimal remove(BigDecimal scaled) {
    return isIdentity()
        ? scaled
        : scaled.subtract(exactOffset).divide(exactScale, MathContext.DECIMAL128);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling that && scale == that.scale && offset == that.offset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scale, offset);
  }

  @Override
  public String toString() {
    return "Scaling[" + scale + ", " + offset + "]";
  }
}
