// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final int VALUES = 300_000;

  private final byte[] buffer = new byte[1 + Digits.MAX_LENGTH];
  private final Random random = new Random(7);

  /** The number of values that were written here, not by the JDK. */
  private int written;

  @Test
  void writesLongsAsTheJdk() {
    for (long power = 1; power < 1_000_000_000_000_000_000L; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, 9 * power}) {
        check(value);
        check(-value);
      }
    }
    for (int i = 0; i < VALUES; i++) {
      check(random.nextLong() >> random.nextInt(64));
    }
    check(Long.MIN_VALUE);
    check(Long.MIN_VALUE + 1);
    check(Long.MAX_VALUE);
  }

  @Test
  void writesDecimalsAsTheJdk() {
    for (int i = 0; i < VALUES; i++) {
      long unscaled = random.nextLong(1_000_000_000_000_000L) >> random.nextInt(50);
      check(unscaled / Math.pow(10, random.nextInt(19)));
      check(random.nextInt(100_000) / 100.0);
      check(Double.parseDouble(unscaled + "E" + (random.nextInt(25) - 20)));
    }
    assertThat(written).isGreaterThan(2 * VALUES);
  }

  @Test
  void writesAllNumbersWithThreeDecimalsItself() {
    for (int i = 0; i <= 2_000_000; i++) {
      check(i / 1000.0);
    }
    assertThat(written).isEqualTo(2_000_001);
  }

  @Test
  void writesOtherDoublesAsTheJdkOrLeavesThemToIt() {
    for (int i = 0; i < VALUES; i++) {
      check(Double.longBitsToDouble(random.nextLong()));
      check(random.nextGaussian() * 1000);
      check(random.nextInt() * 0.1);
      check((double) random.nextFloat());
      check(Math.scalb((double) random.nextInt(1000), random.nextInt(60) - 30));
    }
    for (double power = 1e-5; power < 1e17; power *= 10) {
      check(power);
      check(Math.nextUp(power));
      check(Math.nextDown(power));
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
      check(Math.scalb(1.0, exponent));
      check(Math.nextDown(Math.scalb(1.0, exponent)));
    }
    check(0.0);
    check(-0.0);
  }

  @Test
  void writesFloatsAsTheJdk() {
    for (int i = 0; i < VALUES; i++) {
      checkFloat(Float.intBitsToFloat(random.nextInt()));
      checkFloat(random.nextInt(1_000_000) / (float) Math.pow(10, random.nextInt(10)));
      checkFloat((float) random.nextGaussian());
      checkFloat(random.nextInt(10_000_000));
    }
    for (int exponent = -149; exponent < 128; exponent++) {
      checkFloat(Math.scalb(1f, exponent));
      checkFloat(Math.nextDown(Math.scalb(1f, exponent)));
    }
    checkFloat(0f);
    checkFloat(-0f);
    assertThat(written).isGreaterThan(VALUES);
  }

  private void check(long value) {
    assertThat(text(Digits.write(value, buffer, 1))).isEqualTo(Long.toString(value));
  }

  private void check(double value) {
    int end = Double.isFinite(value) ? Digits.write(value, buffer, 1) : Digits.UNSUPPORTED;
    if (end != Digits.UNSUPPORTED && !text(end).equals(Double.toString(value))) {
      assertThat(text(end)).isEqualTo(Double.toString(value));
    }
    written += end == Digits.UNSUPPORTED ? 0 : 1;
  }

  private void checkFloat(float value) {
    int end = Float.isFinite(value) ? Digits.write(value, buffer, 1) : Digits.UNSUPPORTED;
    if (end != Digits.UNSUPPORTED && !text(end).equals(Float.toString(value))) {
      assertThat(text(end)).isEqualTo(Float.toString(value));
    }
    written += end == Digits.UNSUPPORTED ? 0 : 1;
  }

  private String text(int end) {
    return new String(buffer, 1, end - 1, US_ASCII);
  }
}
