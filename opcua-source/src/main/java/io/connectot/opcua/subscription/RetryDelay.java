// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import java.time.Duration;

/** The pauses of one node that cannot be read: each twice the one before. For one thread. */
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

  /** It failed again. */
  void failed(long nowNanos) {
    dueNanos = nowNanos + nextNanos;
    nextNanos = Math.min(longestNanos, 2 * nextNanos);
  }

  /** Whether it is time to try again. */
  boolean due(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }
}
