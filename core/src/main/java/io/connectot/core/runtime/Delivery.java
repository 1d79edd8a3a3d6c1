// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records that one message of the field, or one scan, became. Done when all of them passed
 * {@code commitRecord}. Thread-safe.
 */
final class Delivery {
  private final DeliveryTracker tracker;
  private final long epoch;
  private final long sequence;
  private final AtomicInteger pendingRecords;

  /** Guarded by the tracker's lock. */
  private boolean done;

  Delivery(DeliveryTracker tracker, long epoch, long sequence, int records) {
    this.tracker = tracker;
    this.epoch = epoch;
    this.sequence = sequence;
    this.pendingRecords = new AtomicInteger(records);
  }

  /** One of its records is in Kafka, or was filtered or tolerated by the worker. */
  void recordDone() {
    if (pendingRecords.decrementAndGet() == 0) {
      tracker.complete(this);
    }
  }

  long epoch() {
    return epoch;
  }

  long sequence() {
    return sequence;
  }

  boolean isDone() {
    return done;
  }

  void markDone() {
    done = true;
  }
}
