// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.mqtt.sink.publish.PendingRecord.State;
import io.connectot.mqtt.transport.PublishResult;
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
 * What Kafka handed over and the broker does not have yet, in the order of each partition. Bounded
 * by records and bytes; one batch may go beyond. Thread-safe.
 *
 * <p>A record leaves when it is settled and all before it in its partition are, so that the first
 * that is left tells which offset may be committed.
 *
 * @param <R> the record as its owner knows it
 */
public final class PublishQueue<R> {
  private final int maxRecords;
  private final long maxBytes;

  private final ReentrantLock lock = new ReentrantLock();

  /** Something can be sent. */
  private final Condition sendable = lock.newCondition();

  /** Something was settled. */
  private final Condition settled = lock.newCondition();

  /** Guarded by {@link #lock}, as all that follow. */
  private final Map<TopicPartition, PartitionQueue<R>> partitions = new HashMap<>();

  /** Partitions with something to send, in turn. */
  private final Deque<PartitionQueue<R>> ready = new ArrayDeque<>();

  private final List<PendingRecord<R>> refused = new ArrayList<>();
  private int records;
  private long bytes;

  /** How many records are queued or sent, so that only the broker is waited for. */
  private int unanswered;

  /**
   * @param maxRecords from how many records on there is no room
   * @param maxBytes from how many bytes on there is no room
   */
  public PublishQueue(int maxRecords, long maxBytes) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  /** Waits for room for a batch; returns whether there is. */
  public boolean awaitRoom(Duration limit) throws InterruptedException {
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
  public boolean hasNoRoom() {
    lock.lock();
    try {
      removeSettled();
      return isFull();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is so empty that it pays to ask for more. */
  public boolean isHalfEmpty() {
    lock.lock();
    try {
      removeSettled();
      return records <= maxRecords / 2 && bytes <= maxBytes / 2;
    } finally {
      lock.unlock();
    }
  }

  /** Adds records behind those of their partitions. Does not wait for room. */
  public void add(List<PendingRecord<R>> batch) {
    lock.lock();
    try {
      for (PendingRecord<R> record : batch) {
        PartitionQueue<R> queue =
            partitions.computeIfAbsent(record.partition(), partition -> new PartitionQueue<>());
        queue.add(record);
        records++;
        bytes += record.bytes();
        if (record.state() == State.QUEUED) {
          unanswered++;
          ready(queue);
        }
      }
      sendable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The records that the broker refused since the last call; each is to be {@link #reported}. */
  public List<PendingRecord<R>> takeRefused() {
    lock.lock();
    try {
      if (refused.isEmpty()) {
        return List.of();
      }
      List<PendingRecord<R>> taken = new ArrayList<>(refused);
      refused.clear();
      taken.removeIf(record -> record.queue().isClosed());
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** A refused record was reported; its offset counts once {@code report} is complete. */
  public void reported(PendingRecord<R> record, Future<?> report) {
    lock.lock();
    try {
      record.reported(report);
      removeSettled(record.queue());
    } finally {
      lock.unlock();
    }
  }

  /** The lowest offset of a partition that is not settled; empty when all are. */
  public OptionalLong lowestOpen(TopicPartition partition) {
    lock.lock();
    try {
      PartitionQueue<R> queue = partitions.get(partition);
      if (queue == null) {
        return OptionalLong.empty();
      }
      removeSettled(queue);
      return queue.lowestOffset();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the broker answered everything; returns whether it did. */
  public boolean awaitAnswers(Duration limit) throws InterruptedException {
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

  /** Forgets partitions that are somebody else's by now; answers to their records are ignored. */
  public void close(Collection<TopicPartition> lost) {
    lock.lock();
    try {
      for (TopicPartition partition : lost) {
        PartitionQueue<R> queue = partitions.remove(partition);
        if (queue != null) {
          queue.close();
          queue.sent().forEach(this::forget);
          queue.unsent().forEach(this::forget);
        }
      }
      refused.removeIf(record -> record.queue().isClosed());
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forget(PendingRecord<R> record) {
    records--;
    bytes -= record.bytes();
    if (record.state() == State.QUEUED || record.state() == State.SENT) {
      unanswered--;
    }
  }

  /** How many records are pending. */
  public int records() {
    lock.lock();
    try {
      return records;
    } finally {
      lock.unlock();
    }
  }

  /** Roughly how many bytes they take. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A record to send, the partitions in turn. Counts as sent from now on: the broker's answer goes
   * to {@link #answered}, or the record back by {@link #giveBack}.
   *
   * @return null when there is none within {@code limit}
   */
  PendingRecord<R> take(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        PartitionQueue<R> queue = ready.pollFirst();
        if (queue == null) {
          if (nanos <= 0) {
            return null;
          }
          nanos = sendable.awaitNanos(nanos);
          continue;
        }
        queue.ready(false);
        PendingRecord<R> next = queue.isClosed() ? null : queue.send();
        if (next != null) {
          ready(queue);
          return next;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A record that was taken last could not be sent. */
  void giveBack(PendingRecord<R> record, int attempt) {
    lock.lock();
    try {
      PartitionQueue<R> queue = record.queue();
      if (!queue.isClosed() && record.attempt() == attempt && record.state() == State.SENT) {
        queue.giveBack(record);
        ready(queue);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A new connection stands: what has no answer is sent again. */
  void sendAgain() {
    lock.lock();
    try {
      for (PartitionQueue<R> queue : partitions.values()) {
        unanswered += queue.sendAgain();
        ready(queue);
      }
      sendable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The broker answered.
   *
   * @param attempt of {@link PendingRecord#attempt} when it was sent; an answer to an earlier one
   *     counts only when the broker has the record and nothing before it is open
   * @return whether the answer counts
   */
  boolean answered(PendingRecord<R> record, int attempt, PublishResult result) {
    lock.lock();
    try {
      PartitionQueue<R> queue = record.queue();
      if (queue.isClosed()) {
        return false;
      }
      if (record.attempt() != attempt || record.state() != State.SENT) {
        return answeredLate(record, result);
      }
      switch (result.outcome()) {
        case DONE -> done(record);
        case REFUSED -> {
          record.refused(result.reason());
          unanswered--;
          refused.add(record);
          settled.signalAll();
        }
        case RETRY -> {
          unanswered += queue.sendAgainFrom(record);
          ready(queue);
          sendable.signalAll();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean answeredLate(PendingRecord<R> record, PublishResult result) {
    boolean counts =
        result.outcome() == PublishResult.Outcome.DONE
            && record.state() == State.QUEUED
            && record.queue().isFirst(record);
    if (counts) {
      record.queue().skip(record);
      done(record);
    }
    return counts;
  }

  private void done(PendingRecord<R> record) {
    record.state(State.DONE);
    unanswered--;
    removeSettled(record.queue());
    if (unanswered == 0) {
      settled.signalAll();
    }
  }

  private void ready(PartitionQueue<R> queue) {
    if (queue.hasUnsent() && !queue.isReady()) {
      queue.ready(true);
      ready.addLast(queue);
    }
  }

  private void removeSettled() {
    partitions.values().forEach(this::removeSettled);
  }

  private void removeSettled(PartitionQueue<R> queue) {
    if (queue.isClosed()) {
      return;
    }
    boolean removed = false;
    for (PendingRecord<R> record = queue.removeSettled();
        record != null;
        record = queue.removeSettled()) {
      records--;
      bytes -= record.bytes();
      removed = true;
    }
    if (removed) {
      settled.signalAll();
    }
  }
}
