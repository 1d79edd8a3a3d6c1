// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ShortestDecimal;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import java.math.BigInteger;

/** How the bits of a number are decoded. */
public enum NumberFormat {
  SIGNED {
    @Override
    public Value decode(long raw, int bits, Scaling scaling) {
      int unused = Long.SIZE - bits;
      return number(raw << unused >> unused, scaling);
    }

    @Override
    Long bits(BigInteger whole, int bits) {
      BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
      Long signed = inRange(whole, half.negate(), half.subtract(BigInteger.ONE));
      if (signed == null || bits == Long.SIZE) {
        return signed;
      }
      return signed & ((1L << bits) - 1);
    }
  },
  UNSIGNED {
    @Override
    public Value decode(long raw, int bits, Scaling scaling) {
      if (raw >= 0) {
        return number(raw, scaling);
      }
      BigInteger value = BigInteger.valueOf(raw).add(TWO_POW_64);
      return scaling.isIdentity() ? new BigValue(value) : new DoubleValue(scaling.apply(value));
    }

    @Override
    Long bits(BigInteger whole, int bits) {
      return inRange(whole, BigInteger.ZERO, mostOf(bits));
    }
  },
  FLOAT {
    @Override
    public Value decode(long raw, int bits, Scaling scaling) {
      double value = floating(raw, bits);
      // Identity scaling would convert -0.0 to 0.0.
      return new DoubleValue(scaling.isIdentity() ? value : scaling.apply(value));
    }

    @Override
    Long bits(BigInteger whole, int bits) {
      return null;
    }
  },
  BCD {
    @Override
    public Value decode(long raw, int bits, Scaling scaling) {
      long value = 0;
      for (int shift = bits - 4; shift >= 0; shift -= 4) {
        int digit = (int) (raw >>> shift) & 0xF;
        if (digit > 9) {
          return null;
        }
        value = 10 * value + digit;
      }
      return number(value, scaling);
    }

    @Override
    Long bits(BigInteger whole, int bits) {
      int digits = bits / 4;
      Long number =
          inRange(whole, BigInteger.ZERO, BigInteger.TEN.pow(digits).subtract(BigInteger.ONE));
      if (number == null) {
        return null;
      }
      return Long.parseLong(Long.toString(number), 16);
    }
  },

  MOD10K {
    @Override
    public Value decode(long raw, int bits, Scaling scaling) {
      long value = 0;
      for (int shift = bits - 16; shift >= 0; shift -= 16) {
        int digits = (int) (raw >>> shift) & 0xFFFF;
        if (digits > 9999) {
          return null;
        }
        value = 10_000 * value + digits;
      }
      return number(value, scaling);
    }

    @Override
    Long bits(BigInteger whole, int bits) {
      int registers = bits / 16;
      Long left =
          inRange(
              whole, BigInteger.ZERO, BigInteger.TEN.pow(4 * registers).subtract(BigInteger.ONE));
      if (left == null) {
        return null;
      }
      long raw = 0;
      for (int i = 0; i < registers; i++) {
        raw |= (left % 10_000) << (16 * i);
        left /= 10_000;
      }
      return raw;
    }
  };

  /** The bits of a whole number; null when they cannot hold it. */
  abstract Long bits(BigInteger whole, int bits);

  /**
   * The right-aligned bits of a value: the inverse of {@link #decode} without scaling.
   *
   * @throws UnencodableValueException when they cannot hold it
   */
  public long encode(Value value, int bits) throws UnencodableValueException {
    Long raw = null;
    if (this == FLOAT) {
      if (value instanceof DoubleValue number) {
        raw = FloatBits.of(number.value(), bits);
      }
    } else if (value instanceof LongValue number) {
      raw = bits(BigInteger.valueOf(number.value()), bits);
    } else if (value instanceof BigValue number) {
      raw = bits(number.value(), bits);
    }
    if (raw == null) {
      throw new UnencodableValueException(
          value + " does not fit into " + bits + " bits of this type");
    }
    return raw;
  }

  private static Long inRange(BigInteger whole, BigInteger least, BigInteger most) {
    return whole.compareTo(least) < 0 || whole.compareTo(most) > 0 ? null : whole.longValue();
  }

  private static BigInteger mostOf(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static final BigInteger TWO_POW_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  /** The value of right-aligned bits; null when they are not valid in this format. */
  public abstract Value decode(long raw, int bits, Scaling scaling);

  public static NumberFormat of(ModbusType type) {
    return switch (type) {
      case BCD16, BCD32 -> BCD;
      case MOD10K32, MOD10K48, MOD10K64 -> MOD10K;
      case FLOAT16, FLOAT32, FLOAT64 -> FLOAT;
      default -> type.isUnsigned() ? UNSIGNED : SIGNED;
    };
  }

  /** The floating-point number of IEEE 754 bits; a single by its decimal digits. */
  static double floating(long raw, int bits) {
    return switch (bits) {
      case 16 -> half((int) raw);
      case 32 -> ShortestDecimal.of(Float.intBitsToFloat((int) raw));
      default -> Double.longBitsToDouble(raw);
    };
  }

  /** IEEE 754 binary16: one sign bit, five exponent bits with bias 15, ten fraction bits. */
  private static double half(int raw) {
    int exponent = raw >> 10 & 0x1F;
    int fraction = raw & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
        };
    return (raw & 0x8000) == 0 ? magnitude : -magnitude;
  }

  private static Value number(long value, Scaling scaling) {
    return scaling.isIdentity() ? new LongValue(value) : new DoubleValue(scaling.apply(value));
  }
}
