// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.delivery.Delivery.Owner;
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
public final class DeliveryTracker {
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether acknowledging waits for the deliveries of earlier epochs. */
  private final boolean afterEarlierEpochs;

  /** All that follow guarded by {@link #lock}. */
  private final ArrayDeque<Delivery> pending = new ArrayDeque<>();

  private long epoch;
  private long lastSequence;
  private LongConsumer acknowledger = sequence -> {};

  /** Deliveries of earlier epochs that are not done, where these are waited for. */
  private int overtakenOpen;

  /** A tracker that forgets earlier epochs: the field sends again what it was not told of. */
  public DeliveryTracker() {
    this(false);
  }

  /**
   * @param afterEarlierEpochs whether nothing of an epoch is acknowledged before the deliveries of
   *     all earlier ones are done: for a field that may be told, in one word, that it need not send
   *     again what came before
   */
  public DeliveryTracker(boolean afterEarlierEpochs) {
    this.afterEarlierEpochs = afterEarlierEpochs;
  }

  /**
   * Begins a new epoch: numbering restarts at 1 and acknowledgements of earlier epochs are dropped.
   *
   * @param newAcknowledger told the highest acknowledged sequence, in rising order, under the
   *     tracker's lock: must not block and must not call back
   */
  public void beginEpoch(LongConsumer newAcknowledger) {
    lock.lock();
    try {
      epoch++;
      lastSequence = 0;
      for (Delivery overtaken : pending) {
        if (overtaken.isDone()) {
          overtaken.owner().late();
        } else if (afterEarlierEpochs) {
          overtakenOpen++;
        }
      }
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
  public Delivery open(int records) {
    return open(records, Owner.NOBODY);
  }

  /**
   * Opens the next delivery of the current epoch.
   *
   * @param records how many records it became; with 0 it is done at once
   * @param owner who waits for it
   */
  public Delivery open(int records, Owner owner) {
    lock.lock();
    try {
      Delivery delivery = new Delivery(this, epoch, ++lastSequence, records, owner);
      pending.add(delivery);
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
   * @param owner who waits for it now
   */
  public Delivery adopt(Delivery original, Owner owner) {
    lock.lock();
    try {
      Delivery delivery = original.bequeath(epoch, ++lastSequence, owner);
      pending.add(delivery);
      if (original.isDone()) {
        completeLocked(delivery);
      }
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back a delivery whose records were not queued; nobody was told its number. */
  public void abandon(Delivery delivery) {
    lock.lock();
    try {
      if (!pending.remove(delivery) && overtakenOpen > 0) {
        overtakenOpen--;
      }
      if (overtakenOpen == 0) {
        acknowledgePrefix();
      }
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
  public int unacknowledged() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  private void completeLocked(Delivery delivery) {
    Delivery last = delivery.markDone();
    if (last.epoch() != epoch) {
      last.owner().late();
      if (overtakenOpen == 0) {
        return;
      }
      overtakenOpen--;
    }
    if (overtakenOpen == 0) {
      acknowledgePrefix();
    }
  }

  private void acknowledgePrefix() {
    long acknowledged = 0;
    while (!pending.isEmpty() && pending.peek().isDone()) {
      Delivery done = pending.remove();
      done.owner().acknowledge();
      acknowledged = done.sequence();
    }
    if (acknowledged > 0) {
      acknowledger.accept(acknowledged);
    }
  }
}
