// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/** How long messages have been waiting for Kafka. Thread-safe. */
final class KafkaProgress {
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong confirmed = new AtomicLong();

  /** Guarded by this: how many messages were accepted when, for those that wait. */
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long accepted, long tick) {}

  void accepted() {
    accepted.incrementAndGet();
  }

  void confirmed() {
    confirmed.incrementAndGet();
  }

  /** The number of messages that Kafka does not have. */
  long waiting() {
    // In this order: what is confirmed was accepted before.
    long done = confirmed.get();
    return accepted.get() - done;
  }

  /** At least how long the oldest message has been waiting; to be called again and again. */
  synchronized long oldestNanos(long tick) {
    long done = confirmed.get();
    long all = accepted.get();
    while (!samples.isEmpty() && samples.peek().accepted() <= done) {
      samples.remove();
    }
    if (all > done && (samples.isEmpty() || samples.peekLast().accepted() < all)) {
      samples.add(new Sample(all, tick));
    }
    return samples.isEmpty() ? 0 : tick - samples.peek().tick();
  }
}
