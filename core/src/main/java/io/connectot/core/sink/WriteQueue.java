// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.sink.PendingRecord.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a task that are not written yet, in the order of each partition. Bounded by
 * records and bytes; one batch may exceed the bound. Thread-safe.
 *
 * <p>A record is settled when the target has it or Kafka has the report of its error. It leaves the
 * queue when it and all records before it in its partition are settled, so the offset of the first
 * one left is the one to commit.
 *
 * @param <W> what is written for a record
 */
final class WriteQueue<W> {
  private final int maxRecords;
  private final long maxBytes;

  private final ReentrantLock lock = new ReentrantLock();

  /** A record can be sent. */
  private final Condition sendable = lock.newCondition();

  /** A record was settled. */
  private final Condition settled = lock.newCondition();

  /** Guarded by {@link #lock}, as all that follow. */
  private final Map<TopicPartition, PartitionQueue<W>> partitions = new HashMap<>();

  /** Partitions with a record to send, in turn. */
  private final Deque<PartitionQueue<W>> ready = new ArrayDeque<>();

  private final List<PendingRecord<W>> refused = new ArrayList<>();
  private int records;
  private long bytes;

  /** Number of records without a result; those that wait for a report have one. */
  private int unanswered;

  /**
   * @param maxRecords number of records from which on there is no room
   * @param maxBytes number of bytes from which on there is no room
   */
  WriteQueue(int maxRecords, long maxBytes) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  /** Waits for room for a batch; returns whether there is. */
  boolean awaitRoom(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      removeSettled();
      while (isFull()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = settled.awaitNanos(nanos);
        removeSettled();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return records >= maxRecords || bytes >= maxBytes;
  }

  /** Whether there is no room for another batch. */
  boolean hasNoRoom() {
    lock.lock();
    try {
      removeSettled();
      return isFull();
    } finally {
      lock.unlock();
    }
  }

  /** Whether at least half of the room is free. */
  boolean isHalfEmpty() {
    lock.lock();
    try {
      removeSettled();
      return records <= maxRecords / 2 && bytes <= maxBytes / 2;
    } finally {
      lock.unlock();
    }
  }

  /** Appends records to their partitions. Does not wait for room. */
  void add(List<PendingRecord<W>> batch) {
    lock.lock();
    try {
      for (PendingRecord<W> record : batch) {
        PartitionQueue<W> queue =
            partitions.computeIfAbsent(record.partition, partition -> new PartitionQueue<>());
        queue.add(record);
        records++;
        bytes += record.bytes;
        if (record.state == State.QUEUED) {
          unanswered++;
          ready(queue);
        }
      }
      sendable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The records refused since the last call; the caller passes each to {@link #reported}. */
  List<PendingRecord<W>> takeRefused() {
    lock.lock();
    try {
      if (refused.isEmpty()) {
        return List.of();
      }
      List<PendingRecord<W>> taken = new ArrayList<>(refused);
      refused.clear();
      taken.removeIf(record -> record.queue.discarded);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** A refused record was reported; it is settled once {@code report} is complete. */
  void reported(PendingRecord<W> record, Future<?> report) {
    lock.lock();
    try {
      record.state = State.REPORTED;
      record.report = report;
      removeSettled(record.queue);
    } finally {
      lock.unlock();
    }
  }

  /** The lowest offset of a partition that is not settled; empty if all are. */
  OptionalLong lowestUnsettled(TopicPartition partition) {
    lock.lock();
    try {
      PartitionQueue<W> queue = partitions.get(partition);
      if (queue == null) {
        return OptionalLong.empty();
      }
      removeSettled(queue);
      return queue.lowestOffset();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every record has a result; returns whether that is so. */
  boolean awaitResults(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (unanswered > 0) {
        if (nanos <= 0) {
          return false;
        }
        nanos = settled.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Drops the records of partitions that the task lost; later results for them are ignored. */
  void discard(Collection<TopicPartition> lost) {
    lock.lock();
    try {
      for (TopicPartition partition : lost) {
        PartitionQueue<W> queue = partitions.remove(partition);
        if (queue != null) {
          queue.discarded = true;
          queue.sent().forEach(this::forget);
          queue.unsent().forEach(this::forget);
        }
      }
      refused.removeIf(record -> record.queue.discarded);
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forget(PendingRecord<W> record) {
    records--;
    bytes -= record.bytes;
    if (record.state == State.QUEUED || record.state == State.SENT) {
      unanswered--;
    }
  }

  /** Number of pending records. */
  int records() {
    lock.lock();
    try {
      return records;
    } finally {
      lock.unlock();
    }
  }

  /** Their estimated heap. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A record to send, from each partition in turn. It counts as sent: the caller passes its result
   * to {@link #completed}, or the record itself to {@link #giveBack}.
   *
   * @return null if there is none within {@code limit}
   */
  PendingRecord<W> take(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        PartitionQueue<W> queue = ready.pollFirst();
        if (queue == null) {
          if (nanos <= 0) {
            return null;
          }
          nanos = sendable.awaitNanos(nanos);
          continue;
        }
        queue.ready = false;
        PendingRecord<W> next = queue.discarded ? null : queue.send();
        if (next != null) {
          ready(queue);
          return next;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The record taken last could not be sent. */
  void giveBack(PendingRecord<W> record, int attempt) {
    lock.lock();
    try {
      PartitionQueue<W> queue = record.queue;
      if (!queue.discarded && record.attempt == attempt && record.state == State.SENT) {
        queue.giveBack(record);
        ready(queue);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection is a new one: resends every record without a result. */
  void resend() {
    lock.lock();
    try {
      for (PartitionQueue<W> queue : partitions.values()) {
        unanswered += queue.resend();
        ready(queue);
      }
      sendable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A result arrived.
   *
   * @param attempt {@link PendingRecord#attempt} when it was sent; the result of an earlier attempt
   *     counts only if it settles the record and the record is the first without a result
   * @return whether the result counts
   */
  boolean completed(PendingRecord<W> record, int attempt, WriteResult result) {
    lock.lock();
    try {
      PartitionQueue<W> queue = record.queue;
      if (queue.discarded) {
        return false;
      }
      if (record.attempt != attempt || record.state != State.SENT) {
        return completedLate(record, result);
      }
      switch (result.outcome()) {
        case DONE, REPORTED -> done(record);
        case REFUSED -> {
          record.state = State.REFUSED;
          record.refusal = result.reason();
          unanswered--;
          refused.add(record);
          settled.signalAll();
        }
        case RETRY -> {
          unanswered += queue.resendFrom(record);
          ready(queue);
          sendable.signalAll();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean completedLate(PendingRecord<W> record, WriteResult result) {
    boolean counts =
        (result.outcome() == WriteResult.Outcome.DONE
                || result.outcome() == WriteResult.Outcome.REPORTED)
            && record.state == State.QUEUED
            && record.queue.isFirst(record);
    if (counts) {
      record.queue.markSent(record);
      done(record);
    }
    return counts;
  }

  private void done(PendingRecord<W> record) {
    record.state = State.DONE;
    unanswered--;
    removeSettled(record.queue);
    if (unanswered == 0) {
      settled.signalAll();
    }
  }

  private void ready(PartitionQueue<W> queue) {
    if (queue.hasUnsent() && !queue.ready) {
      queue.ready = true;
      ready.addLast(queue);
    }
  }

  private void removeSettled() {
    partitions.values().forEach(this::removeSettled);
  }

  private void removeSettled(PartitionQueue<W> queue) {
    if (queue.discarded) {
      return;
    }
    boolean removed = false;
    for (PendingRecord<W> record = queue.removeSettled();
        record != null;
        record = queue.removeSettled()) {
      records--;
      bytes -= record.bytes;
      removed = true;
    }
    if (removed) {
      settled.signalAll();
    }
  }
}
