// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  private static final int NUMBERS = 200_000;

  @ParameterizedTest
  @CsvSource({
    "90.6, 90.6",
    "0.1, 0.1",
    "-0.1, -0.1",
    "3.14159, 3.14159",
    "16777.215, 16777.215",
    "8388607.5, 8388607.5",
    "1.0E10, 1.0E10",
    "2.14748365E9, 2147483648.0",
    "1.0E-10, 1.0E-10",
    "1.0E-30, 1.0E-30",
    "3.4028235E38, 3.4028235E38",
    "1.17549435E-38, 1.17549435E-38",
    "0.0, 0.0",
    "-0.0, -0.0",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void takesTheDigitsThatAreMeant(String single, String expected) {
    assertThat(ShortestDecimal.of(Float.parseFloat(single))).isEqualTo(Double.valueOf(expected));
  }

  @Test
  void isTheSameFloatWhateverTheBits() {
    Random random = new Random(1);
    for (int i = 0; i < NUMBERS; i++) {
      float number = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(number)) {
        continue;
      }
      double decimal = ShortestDecimal.of(number);
      assertThat((float) decimal).isEqualTo(number);
      if (Float.isFinite(number)) {
        assertThat(Float.parseFloat(Double.toString(decimal))).isEqualTo(number);
      }
    }
  }

  @Test
  void hasNoDecimalTooMany() {
    Random random = new Random(2);
    for (int i = 0; i < NUMBERS; i++) {
      float number = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(10) - 3));
      BigDecimal decimal = BigDecimal.valueOf(ShortestDecimal.of(number)).stripTrailingZeros();
      if (decimal.scale() > 0) {
        BigDecimal shorter =
            new BigDecimal(number).setScale(decimal.scale() - 1, RoundingMode.HALF_EVEN);
        assertThat(shorter.floatValue()).isNotEqualTo(number);
      }
    }
  }

  @Test
  void readsBackEveryNumberWithFewDigits() {
    Random random = new Random(3);
    for (int i = 0; i < NUMBERS; i++) {
      BigDecimal meant =
          BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(8));
      assertThat(ShortestDecimal.of(meant.floatValue())).isEqualTo(meant.doubleValue());
    }
  }
}
