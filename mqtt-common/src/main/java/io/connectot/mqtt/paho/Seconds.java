// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import java.time.Duration;

/** Converts durations to MQTT's whole seconds, rounded up. */
final class Seconds {
  private Seconds() {}

  /** Whole seconds, rounded up. */
  static int of(Duration duration) {
    return Math.toIntExact(ofLong(duration));
  }

  /** Whole seconds, rounded up. */
  static long ofLong(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
