// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which deliveries are wholly in Kafka and acknowledges only the contiguous prefix of them,
 * so that what is acknowledged to the field can never be ahead of what Kafka has.
 *
 * <p>A connection is an epoch: deliveries of an earlier epoch may still complete, and their
 * acknowledgements are then stale, because the field no longer waits for them. Thread-safe: records
 * complete on producer and task threads, also after the task stopped.
 */
public final class DeliveryTracker {
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether acknowledging waits for the deliveries of earlier epochs. */
  private final boolean afterEarlierEpochs;

  /** Of the current epoch, in order. Guarded by {@link #lock}. */
  private final ArrayDeque<TrackedDelivery> pending = new ArrayDeque<>();

  /** Guarded by {@link #lock}. */
  private long epoch;

  /**
   * Deliveries of earlier epochs that are not done and are waited for. Guarded by {@link #lock}.
   */
  private int openOfEarlierEpochs;

  /**
   * @param afterEarlierEpochs whether nothing of an epoch is acknowledged before the deliveries of
   *     all earlier ones are done: for a field in which one acknowledgement covers everything
   *     before it
   */
  public DeliveryTracker(boolean afterEarlierEpochs) {
    this.afterEarlierEpochs = afterEarlierEpochs;
  }

  /** Begins a new epoch: acknowledgements of earlier epochs are stale from now on. */
  public void beginEpoch() {
    lock.lock();
    try {
      epoch++;
      for (TrackedDelivery overtaken : pending) {
        if (overtaken.isDone()) {
          overtaken.ack().stale();
        } else if (afterEarlierEpochs && overtaken.isFirst()) {
          openOfEarlierEpochs++;
        }
      }
      pending.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens the next delivery of the current epoch.
   *
   * @param records how many records it became; with 0 it is done at once
   * @param ack who waits for it; with {@link Ack#NONE} the delivery is not tracked
   */
  public TrackedDelivery open(int records, Ack ack) {
    if (ack == Ack.NONE) {
      return TrackedDelivery.UNTRACKED;
    }
    lock.lock();
    try {
      TrackedDelivery delivery = new TrackedDelivery(this, epoch, records, ack);
      pending.add(delivery);
      ack.accepted(delivery);
      if (records == 0) {
        completeLocked(delivery);
      }
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens the next delivery of the current epoch for a message that the field sent again: it makes
   * no records, and is done when those of the first time are.
   *
   * @param original what the message became when it came before, in whatever epoch
   * @param ack who waits for it now
   */
  public TrackedDelivery redeliver(Delivery original, Ack ack) {
    if (!(original instanceof TrackedDelivery known) || !known.isOf(this)) {
      throw new IllegalArgumentException("not a delivery of this connection or an earlier one");
    }
    lock.lock();
    try {
      TrackedDelivery delivery = known.redeliveredAs(epoch, ack);
      pending.add(delivery);
      ack.accepted(delivery);
      if (known.isDone()) {
        acknowledgePrefixIfDue();
      }
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a delivery as done. */
  void complete(TrackedDelivery delivery) {
    lock.lock();
    try {
      completeLocked(delivery);
    } finally {
      lock.unlock();
    }
  }

  /** How many deliveries of the current epoch are not acknowledged. */
  public int unacknowledged() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  private void completeLocked(TrackedDelivery delivery) {
    TrackedDelivery latest = delivery.markDone();
    if (latest.epoch() != epoch) {
      latest.ack().stale();
    }
    if (delivery.epoch() != epoch && openOfEarlierEpochs > 0) {
      openOfEarlierEpochs--;
    }
    acknowledgePrefixIfDue();
  }

  private void acknowledgePrefixIfDue() {
    if (openOfEarlierEpochs > 0) {
      return;
    }
    while (!pending.isEmpty() && pending.peek().isDone()) {
      pending.remove().ack().delivered();
    }
  }
}
