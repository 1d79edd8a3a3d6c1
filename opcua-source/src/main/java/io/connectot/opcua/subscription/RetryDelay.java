// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import java.time.Duration;

/** The pauses before retries of one node: each twice the last, up to a maximum. For one thread. */
final class RetryDelay {
  private final long firstNanos;
  private final long longestNanos;
  private long nextNanos;
  private long dueNanos;

  RetryDelay(Duration first, Duration longest) {
    this.firstNanos = first.toNanos();
    this.longestNanos = longest.toNanos();
    this.nextNanos = firstNanos;
  }

  /** Another failure. */
  void failed(long nowNanos) {
    dueNanos = nowNanos + nextNanos;
    nextNanos = Math.min(longestNanos, 2 * nextNanos);
  }

  /** The next retry is due now, and the pauses begin with the first again. */
  void restart(long nowNanos) {
    dueNanos = nowNanos;
    nextNanos = firstNanos;
  }

  /** Whether the next retry is due. */
  boolean due(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }
}
