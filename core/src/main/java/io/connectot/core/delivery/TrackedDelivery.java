// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records of one message. Done when all of them passed {@code commitRecord}. Thread-safe,
 * except for what is guarded by the lock of its {@link DeliveryTracker}.
 */
public final class TrackedDelivery implements Delivery {
  /** Of records without an acknowledgement. */
  public static final TrackedDelivery UNTRACKED = new TrackedDelivery(null, 0, 0, null, Ack.NONE);

  /** Null for {@link #UNTRACKED}. */
  private final DeliveryTracker tracker;

  private final long epoch;
  private final AtomicInteger pendingRecords;

  /** What the message became when it came for the first time; null when this is it. */
  private final TrackedDelivery first;

  private final Ack ack;

  /** Guarded by the tracker's lock. */
  private boolean done;

  /** The latest redelivery of the same message; null for none. Guarded by the tracker's lock. */
  private TrackedDelivery supersededBy;

  private TrackedDelivery(
      DeliveryTracker tracker, long epoch, int records, TrackedDelivery first, Ack ack) {
    this.tracker = tracker;
    this.epoch = epoch;
    this.pendingRecords = new AtomicInteger(records);
    this.first = first;
    this.ack = ack;
  }

  TrackedDelivery(DeliveryTracker tracker, long epoch, int records, Ack ack) {
    this(tracker, epoch, records, null, ack);
  }

  /** One of its records is in Kafka, or was filtered or tolerated by the worker. */
  public void recordDone() {
    if (tracker != null && pendingRecords.decrementAndGet() == 0) {
      tracker.complete(this);
    }
  }

  Ack ack() {
    return ack;
  }

  long epoch() {
    return epoch;
  }

  boolean isOf(DeliveryTracker other) {
    return tracker == other;
  }

  /** The same message, delivered again: done when the records of the first time are. */
  TrackedDelivery redeliveredAs(long newEpoch, Ack newAck) {
    TrackedDelivery root = first == null ? this : first;
    root.supersededBy = new TrackedDelivery(tracker, newEpoch, 0, root, newAck);
    return root.supersededBy;
  }

  /** Whether it has records of its own, rather than being a redelivery. */
  boolean isFirst() {
    return first == null;
  }

  boolean isDone() {
    return first == null ? done : first.done;
  }

  /**
   * Marks it as done.
   *
   * @return its latest redelivery, or itself
   */
  TrackedDelivery markDone() {
    done = true;
    return supersededBy == null ? this : supersededBy;
  }
}
