// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.spi.line.LineException;

/** Reads a deadband: {@code 0.5} in the value's own unit, or {@code 5%} of the last value. */
final class Deadbands {
  private Deadbands() {}

  /**
   * Parses a deadband.
   *
   * @throws LineException saying what to write
   */
  static Deadband parse(String text) throws LineException {
    String number = text.trim();
    boolean percent = number.endsWith("%");
    if (percent) {
      number = number.substring(0, number.length() - 1).trim();
    }
    try {
      double size = Double.parseDouble(number);
      if (Double.isFinite(size) && size >= 0) {
        return new Deadband(size, percent);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is not a deadband.
    }
    throw new LineException(
        "must be a number of 0 or more, or a percentage of the value such as 5%");
  }
}
