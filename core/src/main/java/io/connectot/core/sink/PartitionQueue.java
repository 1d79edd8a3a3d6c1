// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.sink.PendingRecord.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The pending records of a partition in order: those that were sent, then those to send. Guarded by
 * the lock of its {@link WriteQueue}.
 *
 * @param <W> what is written for a record
 */
final class PartitionQueue<W> {
  private final Deque<PendingRecord<W>> sent = new ArrayDeque<>();
  private final Deque<PendingRecord<W>> unsent = new ArrayDeque<>();

  /** Whether the task lost the partition. */
  boolean discarded;

  /** Whether it is among the partitions to take a record from. */
  boolean ready;

  void add(PendingRecord<W> record) {
    record.queue = this;
    unsent.addLast(record);
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** Marks the next record as sent and returns it; null if there is none. */
  PendingRecord<W> send() {
    while (!unsent.isEmpty()) {
      PendingRecord<W> next = unsent.removeFirst();
      sent.addLast(next);
      if (next.state == State.QUEUED) {
        next.state = State.SENT;
        next.attempt++;
        return next;
      }
    }
    return null;
  }

  /** Undoes the last {@link #send}. */
  void giveBack(PendingRecord<W> record) {
    if (sent.peekLast() == record) {
      sent.removeLast();
      record.state = State.QUEUED;
      unsent.addFirst(record);
    }
  }

  /**
   * Queues a record again, with all records sent after it, so that the target sees the latest one
   * last. Refused records are not sent again.
   *
   * @return the number of these records that were done already
   */
  int resendFrom(PendingRecord<W> record) {
    int undone = 0;
    PendingRecord<W> last;
    do {
      last = sent.removeLast();
      if (last.state == State.DONE) {
        undone++;
      }
      if (last.state == State.DONE || last.state == State.SENT) {
        last.state = State.QUEUED;
      }
      unsent.addFirst(last);
    } while (last != record);
    return undone;
  }

  /** Queues the first record without a result again, with all records sent after it. */
  int resend() {
    for (PendingRecord<W> record : sent) {
      if (record.state == State.SENT) {
        return resendFrom(record);
      }
    }
    return 0;
  }

  /** Whether a record to be resent is the first without a result. */
  boolean isFirst(PendingRecord<W> record) {
    return sent.isEmpty() && unsent.peekFirst() == record;
  }

  /** Marks a record that {@link #isFirst} as sent, without sending it. */
  void markSent(PendingRecord<W> record) {
    if (isFirst(record)) {
      sent.addLast(unsent.removeFirst());
    }
  }

  /** Removes and returns the first record if it is settled; else null. */
  PendingRecord<W> removeSettled() {
    PendingRecord<W> first = sent.peekFirst();
    if (first == null && !unsent.isEmpty() && unsent.peekFirst().isSettled()) {
      return unsent.removeFirst();
    }
    return first != null && first.isSettled() ? sent.removeFirst() : null;
  }

  /** The lowest offset; not always the first, because a consumer may be set back. */
  OptionalLong lowestOffset() {
    long lowest = Long.MAX_VALUE;
    for (PendingRecord<W> record : sent) {
      lowest = Math.min(lowest, record.offset);
    }
    for (PendingRecord<W> record : unsent) {
      lowest = Math.min(lowest, record.offset);
    }
    return lowest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lowest);
  }

  Iterable<PendingRecord<W>> sent() {
    return sent;
  }

  Iterable<PendingRecord<W>> unsent() {
    return unsent;
  }
}
