// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import java.time.Duration;

/** A clock that stands still until a test moves it. Wall clock and ticker can be moved apart. */
public final class ManualClock {
  /** A whole hour, so that every usual interval begins here. */
  public static final long EPOCH_START = 1_700_002_800L * 1_000_000_000L;

  private static final long TICK_START = 5_000_000_000L;

  private volatile long epochNanos = EPOCH_START;
  private volatile long tick = TICK_START;

  private final Clock clock = new Clock(() -> Clock.instant(epochNanos), () -> tick);

  public Clock clock() {
    return clock;
  }

  public long epochNanos() {
    return epochNanos;
  }

  public long tick() {
    return tick;
  }

  /** Time passes. */
  public synchronized void advance(Duration by) {
    epochNanos += by.toNanos();
    tick += by.toNanos();
  }

  /** Time passes until the ticker shows {@code newTick}; nothing when it is past that. */
  public synchronized void advanceTo(long newTick) {
    advance(Duration.ofNanos(Math.max(0, newTick - tick)));
  }

  /** Somebody sets the wall clock. */
  public synchronized void wallJumps(Duration by) {
    epochNanos += by.toNanos();
  }
}
