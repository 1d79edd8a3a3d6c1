// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.mqtt.sink.publish.PendingRecord.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The pending records of a Kafka partition in their order: first those that were sent, up to the
 * first that is settled with all before it; then those to send. Guarded by the lock of its {@link
 * PublishQueue}.
 *
 * @param <R> the record as its owner knows it
 */
final class PartitionQueue<R> {
  private final Deque<PendingRecord<R>> sent = new ArrayDeque<>();
  private final Deque<PendingRecord<R>> unsent = new ArrayDeque<>();

  /** Whether the partition is somebody else's by now. */
  private boolean closed;

  /** Whether it is among those that are asked for the next record. */
  private boolean ready;

  void add(PendingRecord<R> record) {
    record.queue(this);
    unsent.addLast(record);
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** The next record to send, which counts as sent then; null when there is none. */
  PendingRecord<R> send() {
    while (!unsent.isEmpty()) {
      PendingRecord<R> next = unsent.removeFirst();
      sent.addLast(next);
      if (next.state() == State.QUEUED) {
        next.state(State.SENT);
        next.nextAttempt();
        return next;
      }
    }
    return null;
  }

  /** Takes back what {@link #send} returned last. */
  void giveBack(PendingRecord<R> record) {
    if (sent.peekLast() == record) {
      sent.removeLast();
      record.state(State.QUEUED);
      unsent.addFirst(record);
    }
  }

  /**
   * Sends a record again, and all that were sent after it, so that the last message a subscriber
   * sees is the latest. Those the broker refused are not sent again.
   *
   * @return how many of them the broker had already
   */
  int sendAgainFrom(PendingRecord<R> record) {
    int undone = 0;
    PendingRecord<R> last;
    do {
      last = sent.removeLast();
      if (last.state() == State.DONE) {
        undone++;
      }
      if (last.state() == State.DONE || last.state() == State.SENT) {
        last.state(State.QUEUED);
      }
      unsent.addFirst(last);
    } while (last != record);
    return undone;
  }

  /** Sends everything again that has no answer, and what was sent after it. */
  int sendAgain() {
    for (PendingRecord<R> record : sent) {
      if (record.state() == State.SENT) {
        return sendAgainFrom(record);
      }
    }
    return 0;
  }

  /**
   * Whether a record that is to be sent again is the first without an answer, so that a late answer
   * to it can count.
   */
  boolean isFirst(PendingRecord<R> record) {
    return sent.isEmpty() && unsent.peekFirst() == record;
  }

  /** Counts a record as sent that {@link #isFirst}. */
  void skip(PendingRecord<R> record) {
    if (isFirst(record)) {
      sent.addLast(unsent.removeFirst());
    }
  }

  /** The next record at the beginning that is settled; null when the first is not. */
  PendingRecord<R> removeSettled() {
    PendingRecord<R> first = sent.peekFirst();
    if (first == null && !unsent.isEmpty() && unsent.peekFirst().isSettled()) {
      return unsent.removeFirst();
    }
    return first != null && first.isSettled() ? sent.removeFirst() : null;
  }

  /** The lowest offset of all; a consumer that went back leaves it behind higher ones. */
  OptionalLong lowestOffset() {
    long lowest = Long.MAX_VALUE;
    for (PendingRecord<R> record : sent) {
      lowest = Math.min(lowest, record.offset());
    }
    for (PendingRecord<R> record : unsent) {
      lowest = Math.min(lowest, record.offset());
    }
    return lowest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lowest);
  }

  Iterable<PendingRecord<R>> sent() {
    return sent;
  }

  Iterable<PendingRecord<R>> unsent() {
    return unsent;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  boolean isReady() {
    return ready;
  }

  void ready(boolean value) {
    ready = value;
  }
}
