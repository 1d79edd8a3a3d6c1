// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import java.time.Duration;

/** A clock that stands still until a test moves it. Wall clock and ticker can be moved apart. */
final class ManualClock {
  /** A whole hour, so that every usual interval begins here. */
  static final long EPOCH_START = 1_700_002_800L * 1_000_000_000L;

  private static final long TICK_START = 5_000_000_000L;

  private volatile long epochNanos = EPOCH_START;
  private volatile long tick = TICK_START;

  private final RuntimeClock clock =
      new RuntimeClock(() -> RuntimeClock.instant(epochNanos), () -> tick);

  RuntimeClock clock() {
    return clock;
  }

  long epochNanos() {
    return epochNanos;
  }

  long tick() {
    return tick;
  }

  /** Time passes. */
  synchronized void advance(Duration by) {
    epochNanos += by.toNanos();
    tick += by.toNanos();
  }

  /** Time passes until the ticker shows {@code newTick}; nothing when it is past that. */
  synchronized void advanceTo(long newTick) {
    advance(Duration.ofNanos(Math.max(0, newTick - tick)));
  }

  /** Somebody sets the wall clock. */
  synchronized void wallJumps(Duration by) {
    epochNanos += by.toNanos();
  }
}
