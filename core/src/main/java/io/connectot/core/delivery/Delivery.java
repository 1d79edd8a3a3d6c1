// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records that one message of the field, or one scan, became. Done when all of them passed
 * {@code commitRecord}. Thread-safe.
 */
public final class Delivery {
  /**
   * Who waits for a delivery. Called under the tracker's lock, on the thread that commits the last
   * record: must not block and must not call the tracker.
   */
  public interface Owner {
    /** For those who listen to the tracker instead. */
    Owner NOBODY =
        new Owner() {
          @Override
          public void acknowledge() {
            // Nobody waits.
          }

          @Override
          public void late() {
            // Nobody waits.
          }
        };

    /** Kafka has it and all that came before it. Called in the order of arrival. */
    void acknowledge();

    /** Kafka has it, but the connection that it came over is over. */
    void late();
  }

  /** Of records whose arrival in Kafka nobody waits for. */
  public static final Delivery UNTRACKED = new Delivery(null, 0, 0, 0, null, Owner.NOBODY);

  /** Null for {@link #UNTRACKED}. */
  private final DeliveryTracker tracker;

  private final long epoch;
  private final long sequence;
  private final AtomicInteger pendingRecords;

  /** What the message became when it came for the first time; null when this is it. */
  private final Delivery first;

  private final Owner owner;

  /** Guarded by the tracker's lock. */
  private boolean done;

  /**
   * The newest that is done when this is; null for none. Older ones are of connections that are
   * over. Guarded by the tracker's lock.
   */
  private Delivery heir;

  private Delivery(
      DeliveryTracker tracker,
      long epoch,
      long sequence,
      int records,
      Delivery first,
      Owner owner) {
    this.tracker = tracker;
    this.epoch = epoch;
    this.sequence = sequence;
    this.pendingRecords = new AtomicInteger(records);
    this.first = first;
    this.owner = owner;
  }

  Delivery(DeliveryTracker tracker, long epoch, long sequence, int records, Owner owner) {
    this(tracker, epoch, sequence, records, null, owner);
  }

  /** One of its records is in Kafka, or was filtered or tolerated by the worker. */
  public void recordDone() {
    if (tracker != null && pendingRecords.decrementAndGet() == 0) {
      tracker.complete(this);
    }
  }

  Owner owner() {
    return owner;
  }

  /** Its number in its epoch, from 1. */
  public long sequence() {
    return sequence;
  }

  /** The same message, come again: done when this is. */
  Delivery bequeath(long newEpoch, long newSequence, Owner newOwner) {
    Delivery root = first == null ? this : first;
    root.heir = new Delivery(tracker, newEpoch, newSequence, 0, root, newOwner);
    return root.heir;
  }

  boolean isDone() {
    return first == null ? done : first.done;
  }

  /**
   * Marks it as done.
   *
   * @return the same message as it came last
   */
  Delivery markDone() {
    done = true;
    return heir == null ? this : heir;
  }

  long epoch() {
    return epoch;
  }
}
