// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Mean and maximum of scan durations over the last minute, to within half of it: two half-minutes
 * are kept, the running one and the one before. Thread-safe; written once per scan.
 */
final class ScanTimes {
  private static final long HALF_NANOS = Duration.ofSeconds(30).toNanos();
  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanoTime;

  // All guarded by this.
  private long halfStart;
  private long count;
  private long sum;
  private long max;
  private long earlierCount;
  private long earlierSum;
  private long earlierMax;

  ScanTimes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.halfStart = nanoTime.getAsLong();
  }

  synchronized void add(long nanos) {
    turn();
    count++;
    sum += nanos;
    max = Math.max(max, nanos);
  }

  /** Milliseconds; 0 without a scan in the last minute. */
  synchronized double mean() {
    turn();
    long scans = count + earlierCount;
    return scans == 0 ? 0 : (sum + earlierSum) / NANOS_PER_MILLI / scans;
  }

  /** Milliseconds; 0 without a scan in the last minute. */
  synchronized double max() {
    turn();
    return Math.max(max, earlierMax) / NANOS_PER_MILLI;
  }

  private void turn() {
    long now = nanoTime.getAsLong();
    long elapsed = now - halfStart;
    if (elapsed < HALF_NANOS) {
      return;
    }
    boolean next = elapsed < 2 * HALF_NANOS;
    earlierCount = next ? count : 0;
    earlierSum = next ? sum : 0;
    earlierMax = next ? max : 0;
    count = 0;
    sum = 0;
    max = 0;
    halfStart = next ? halfStart + HALF_NANOS : now;
  }
}
