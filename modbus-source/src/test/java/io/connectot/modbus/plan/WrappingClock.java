// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test advances, and whose ticker overflows at once. For one thread. */
final class WrappingClock {
  private Instant now = Instant.parse("2025-11-21T08:00:00Z");
  private long tick = Long.MAX_VALUE - 1;

  Clock clock() {
    return new Clock(() -> now, () -> tick);
  }

  Instant now() {
    return now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    tick += duration.toNanos();
  }
}
