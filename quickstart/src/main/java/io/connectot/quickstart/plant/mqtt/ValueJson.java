// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The JSON format in which the devices of this plant publish a value. */
final class ValueJson {
  private ValueJson() {}

  /** Time, value and unit. */
  static String json(Instant time, double value, String unit) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}",
        time.truncatedTo(ChronoUnit.MILLIS),
        value,
        unit);
  }

  /** Time, value and unit with the name of the quantity. */
  static String json(Instant time, String tag, double value, String unit) {
    return String.format(
        Locale.ROOT,
        "{\"tag\":\"%s\",\"time\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}",
        tag,
        time.truncatedTo(ChronoUnit.MILLIS),
        value,
        unit);
  }
}
