// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Knows which deliveries are wholly in Kafka and acknowledges only the contiguous prefix of them,
 * so that what is acknowledged to the field can never be ahead of what Kafka has.
 *
 * <p>A connection is an epoch: deliveries of an earlier epoch may still complete, and are then
 * dropped, because the field no longer waits for their acknowledgement. Thread-safe: records
 * complete on producer and task threads, also after the task stopped.
 */
final class DeliveryTracker {
  private final ReentrantLock lock = new ReentrantLock();

  /** All four guarded by {@link #lock}. */
  private final ArrayDeque<Delivery> pending = new ArrayDeque<>();

  private long epoch;
  private long lastSequence;
  private LongConsumer acknowledger = sequence -> {};

  /**
   * Begins a new epoch: numbering restarts at 1 and acknowledgements of earlier epochs are dropped.
   *
   * @param newAcknowledger told the highest acknowledged sequence, in rising order, under the
   *     tracker's lock: must not block and must not call back
   */
  void beginEpoch(LongConsumer newAcknowledger) {
    lock.lock();
    try {
      epoch++;
      lastSequence = 0;
      pending.clear();
      acknowledger = newAcknowledger;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens the next delivery of the current epoch.
   *
   * @param records how many records it became; with 0 it is done at once
   */
  Delivery open(int records) {
    lock.lock();
    try {
      Delivery delivery = new Delivery(this, epoch, ++lastSequence, records);
      pending.add(delivery);
      if (records == 0) {
        completeLocked(delivery);
      }
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a delivery as done. */
  void complete(Delivery delivery) {
    lock.lock();
    try {
      completeLocked(delivery);
    } finally {
      lock.unlock();
    }
  }

  /** How many deliveries of the current epoch are not acknowledged. */
  int unacknowledged() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  private void completeLocked(Delivery delivery) {
    delivery.markDone();
    if (delivery.epoch() != epoch) {
      return;
    }
    long acknowledged = 0;
    while (!pending.isEmpty() && pending.peek().isDone()) {
      acknowledged = pending.remove().sequence();
    }
    if (acknowledged > 0) {
      acknowledger.accept(acknowledged);
    }
  }
}
