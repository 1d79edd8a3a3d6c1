// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing pauses between attempts: each twice the last up to a cap, and each shortened at random by
 * up to a fifth so that many devices do not come back in step. For one thread at a time.
 */
public final class Backoff {
  private static final double JITTER = 0.2;

  private final long firstNanos;
  private final long longestNanos;
  private final DoubleSupplier random;
  private long nextNanos;

  /**
   * @param random yields numbers from 0 inclusive to 1 exclusive
   */
  public Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.firstNanos = first.toNanos();
    this.longestNanos = Math.max(longest.toNanos(), firstNanos);
    this.random = random;
    this.nextNanos = firstNanos;
  }

  /** The pause before the next attempt. */
  public long nextNanos() {
    long pause = nextNanos;
    nextNanos = pause > longestNanos / 2 ? longestNanos : pause * 2;
    return jittered(pause);
  }

  /** The longest pause, for what time alone does not heal. */
  public long longestNanos() {
    nextNanos = longestNanos;
    return jittered(longestNanos);
  }

  /** An attempt succeeded. */
  public void reset() {
    nextNanos = firstNanos;
  }

  private long jittered(long pause) {
    return (long) (pause * (1 - JITTER * random.getAsDouble()));
  }
}
