// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import java.math.BigDecimal;

/** Writes floating-point numbers in the fewest digits that read back as the same number. */
final class DecimalText {
  /** Outside of these bounds most digits are zeros, and numbers have an exponent. */
  private static final double MOST = 1e30;

  private static final double LEAST = 1e-30;

  private DecimalText() {}

  /** The number without an exponent: 12345678.9, not 1.23456789E7. */
  static String of(double number) {
    return plain(Double.toString(number), number);
  }

  /** The number in the digits of its own precision: 0.1, not 0.10000000149011612. */
  static String of(float number) {
    return plain(Float.toString(number), number);
  }

  private static String plain(String text, double number) {
    double size = Math.abs(number);
    if (text.indexOf('E') < 0 || size >= MOST || size < LEAST) {
      return text;
    }
    String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
