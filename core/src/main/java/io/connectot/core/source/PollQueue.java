// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.delivery.ConverterCheck;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordsInFlight;
import io.connectot.core.delivery.StatusHeartbeats;
import io.connectot.core.delivery.TopicWatch;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What the worker takes from a task: repeated statuses and records from the buffer, as long as not
 * too many are in flight, or the failure of the task. {@link #poll} is for the task's thread,
 * everything else for any.
 */
final class PollQueue {
  private static final int MOST_RECORDS_PER_POLL = 2000;
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  /**
   * The shortest time between two polls, as long as there is room for more records: a poll costs
   * the worker as much as many records, not least because it looks at all source partitions.
   */
  private static final long SHORTEST_INTERVAL_NANOS = 2_000_000;

  /** How long a poll waits when enough records are in flight. */
  private static final long PAUSE_MILLIS = 10;

  private final RecordBuffer buffer;
  private final StatusHeartbeats statuses;
  private final RecordsInFlight inFlight;
  private final ConverterCheck converters;
  private final TopicWatch topics;
  private final TaskMetrics metrics;
  private final LongSupplier ticker;

  /** When a poll returned records, by the ticker. Owned by the task's thread. */
  private long polledTick;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDelivered = lock.newCondition();

  /** Whether a thread waits until all is delivered. Written under {@link #lock}. */
  private volatile boolean awaited;

  /**
   * @param ticker nanoseconds from an arbitrary origin
   */
  PollQueue(
      RecordBuffer buffer,
      StatusHeartbeats statuses,
      RecordsInFlight inFlight,
      ConverterCheck converters,
      TopicWatch topics,
      TaskMetrics metrics,
      LongSupplier ticker) {
    this.ticker = ticker;
    this.polledTick = ticker.getAsLong() - SHORTEST_INTERVAL_NANOS;
    this.buffer = buffer;
    this.statuses = statuses;
    this.inFlight = inFlight;
    this.converters = converters;
    this.topics = topics;
    this.metrics = metrics;
    metrics.gauge(TaskMetric.BUFFER_RECORDS, buffer::records);
    metrics.gauge(TaskMetric.BUFFER_BYTES, buffer::bytes);
    metrics.gauge(TaskMetric.RECORDS_UNACKNOWLEDGED, inFlight::count);
  }

  /** Makes the next {@link #poll} fail, unless something failed before. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  /** The next records; null when there are none for now. Returns within half a second. */
  List<SourceRecord> poll() throws InterruptedException {
    Throwable cause = failure.get();
    if (cause != null) {
      throw cause instanceof ConnectException known
          ? known
          : new ConnectException(
              "The task failed for a reason it did not expect; restart it, and report the cause",
              cause);
    }
    int room = inFlight.room(MOST_RECORDS_PER_POLL);
    if (room == 0) {
      Thread.sleep(PAUSE_MILLIS);
      return null;
    }
    List<SourceRecord> batch = next(room);
    if (batch.isEmpty()) {
      return null;
    }
    List<SourceRecord> watched = topics.watch(batch);
    converters.observe(batch);
    inFlight.taken(batch);
    metrics.recordsPolled(batch.size());
    return watched;
  }

  /** Repeated statuses come first: a status that is still in the buffer is newer. */
  private List<SourceRecord> next(int room) throws InterruptedException {
    List<SourceRecord> repeated = statuses.due(room);
    metrics.recordsQueued(repeated.size());
    if (repeated.size() == room) {
      return repeated;
    }
    Duration wait = repeated.isEmpty() ? statuses.untilDue(LONGEST_POLL) : Duration.ZERO;
    List<SourceRecord> batch = buffer.drain(room - repeated.size(), wait, untilNextPoll());
    if (!batch.isEmpty()) {
      polledTick = ticker.getAsLong();
    }
    statuses.taken(batch);
    if (repeated.isEmpty()) {
      return batch;
    }
    repeated.addAll(batch);
    return repeated;
  }

  /** Zero where records are rare. */
  private Duration untilNextPoll() {
    long passed = ticker.getAsLong() - polledTick;
    return Duration.ofNanos(Math.max(0, SHORTEST_INTERVAL_NANOS - passed));
  }

  /**
   * Kafka has a record, or the worker dropped it.
   *
   * @param metadata null when it was dropped
   */
  void committed(TrackedRecord committed, RecordMetadata metadata) {
    if (metadata != null) {
      topics.accepted(committed.topic());
    }
    if (converters.accept(committed, metadata)) {
      committed.delivery().recordDone();
    } else {
      converters.failure().ifPresent(this::fail);
    }
    inFlight.done(committed, metadata);
    metrics.recordsDelivered(1);
    if (awaited) {
      signalDelivered();
    }
  }

  /** Accepts no more records, and repeats no more statuses. */
  void close() {
    topics.clearInterrupt();
    topics.close();
    statuses.close();
    buffer.close();
  }

  /**
   * Waits until Kafka has every record that the worker took.
   *
   * @return whether it has
   */
  boolean awaitDelivered(Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      awaited = true;
      while (inFlight.count() > 0 && nanos > 0) {
        nanos = allDelivered.awaitNanos(nanos);
      }
      return inFlight.count() <= 0;
    } finally {
      lock.unlock();
    }
  }

  private void signalDelivered() {
    lock.lock();
    try {
      allDelivered.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
