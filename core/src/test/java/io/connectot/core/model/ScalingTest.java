// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
  private static final int NUMBERS = 200_000;

  @ParameterizedTest
  @CsvSource({
    "393, 0.1, 0, 39.3",
    "393, 0.05, 0, 19.65",
    "393, 0.1, -40, -0.7",
    "3, 0.1, 0.2, 0.5",
    "-7, 0.001, 0, -0.007",
    "1, 1e-30, 0, 1e-30",
    "7, 1e300, 0, 7e300",
    "65535, 0.00390625, 0, 255.99609375",
    "9223372036854775807, 0.1, 0, 922337203685477580.7",
    "-9223372036854775808, 0.001, 12345.678, -9223372036842430.130",
    "5, 1, 0, 5",
    "0, 0.1, 0, 0"
  })
  void computesWholeNumbersInDecimals(long raw, double scale, double offset, double expected) {
    assertThat(new Scaling(scale, offset).apply(raw)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "90.6, 0.1, 0, 9.06",
    "0.3, 3, 0, 0.9",
    "1.1, 1.1, 0, 1.21",
    "-0.7, 0.1, 0.07, 0.0",
    "NaN, 0.1, 0, NaN",
    "Infinity, 0.1, 0, Infinity",
    "-Infinity, 0.1, 1, -Infinity",
    "1e300, 0.5, 0, 5e299"
  })
  void computesNumbersWithFewDecimalsInDecimals(
      double raw, double scale, double offset, Double expected) {
    assertThat(new Scaling(scale, offset).apply(raw)).isEqualTo(expected);
  }

  @Test
  void takesNumbersOf64BitsWithoutSign() {
    assertThat(new Scaling(0.1, 0).apply(new BigInteger("18446744073709551615")))
        .isEqualTo(Double.parseDouble("1844674407370955161.5"));
  }

  @Test
  void agreesWithDecimalArithmetic() {
    Random random = new Random(1);
    for (int i = 0; i < NUMBERS; i++) {
      BigDecimal scale = decimal(random, 1_000_000);
      BigDecimal offset = decimal(random, 1_000_000);
      long raw = random.nextLong() >> random.nextInt(Long.SIZE);
      if (scale.signum() != 0) {
        assertThat(new Scaling(scale.doubleValue(), offset.doubleValue()).apply(raw))
            .as("%s * %s + %s", raw, scale, offset)
            .isEqualTo(BigDecimal.valueOf(raw).multiply(scale).add(offset).doubleValue());
      }
    }
  }

  @Test
  void agreesWithDecimalArithmeticForNumbersOfSinglePrecision() {
    Random random = new Random(2);
    for (int i = 0; i < NUMBERS; i++) {
      BigDecimal scale = decimal(random, 10_000);
      BigDecimal offset = decimal(random, 10_000);
      BigDecimal raw = decimal(random, 10_000_000);
      if (scale.signum() != 0) {
        assertThat(new Scaling(scale.doubleValue(), offset.doubleValue()).apply(raw.doubleValue()))
            .as("%s * %s + %s", raw, scale, offset)
            .isEqualTo(raw.multiply(scale).add(offset).doubleValue());
      }
    }
  }

  @Test
  void staysCloseForNumbersOfManyDigits() {
    Random random = new Random(3);
    Scaling scaling = new Scaling(0.1, 0);
    for (int i = 0; i < NUMBERS; i++) {
      double raw = random.nextGaussian();
      assertThat(scaling.apply(raw)).isEqualTo(raw * 0.1);
    }
  }

  @Test
  void leavesNumbersAsTheyAreWithoutScaling() {
    assertThat(Scaling.NONE.isIdentity()).isTrue();
    assertThat(Double.doubleToRawLongBits(Scaling.NONE.apply(-0.0)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(new Scaling(0.1, 0).isIdentity()).isFalse();
    assertThat(new Scaling(1, 5).isIdentity()).isFalse();
    assertThat(new Scaling(0.1, 2))
        .isEqualTo(new Scaling(0.1, 2))
        .hasSameHashCodeAs(new Scaling(0.1, 2));
    assertThat(new Scaling(0.1, 2)).isNotEqualTo(new Scaling(0.1, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "NaN, 0", "Infinity, 0", "1, NaN", "1, -Infinity"})
  void refusesWhatCannotScale(double scale, double offset) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(scale, offset));
  }

  private static BigDecimal decimal(Random random, int bound) {
    return BigDecimal.valueOf(random.nextInt(2 * bound) - bound, random.nextInt(7));
  }
}
