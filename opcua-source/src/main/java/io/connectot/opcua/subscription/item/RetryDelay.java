// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import io.connectot.core.connection.Backoff;
import java.time.Duration;

/** The pauses before retries of one node: each twice the last, up to a maximum. For one thread. */
final class RetryDelay {
  private final Backoff backoff;
  private long dueNanos;

  RetryDelay(Duration first, Duration longest) {
    // All nodes of a server are retried together, so that there is nothing to spread.
    this.backoff = new Backoff(first, longest, () -> 0);
  }

  /** Another failure. */
  void failed(long nowNanos) {
    dueNanos = nowNanos + backoff.nextNanos();
  }

  /** The next retry is due now, and the pauses begin with the first again. */
  void restart(long nowNanos) {
    dueNanos = nowNanos;
    backoff.reset();
  }

  /** Whether the next retry is due. */
  boolean due(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }
}
