// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.Version;
import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordsInFlight;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.Metric.Scope;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.source.runtime.SourceRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task with a bounded buffer, filled by threads of its own and emptied by the worker.
 *
 * <p>{@link #start}, {@link #poll} and {@link #stop} come from the task's thread; {@link
 * #commitRecord} from that of the producer, also after {@link #stop}.
 */
public abstract class BufferedSourceTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(BufferedSourceTask.class);
  private static final int MOST_RECORDS_PER_POLL = 2000;
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  /** How long the worker waits for Kafka when it took enough. */
  private static final long PAUSE_MILLIS = 10;

  private final Clock clock;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDelivered = lock.newCondition();

  /** Whether somebody waits until all is delivered; written under {@link #lock}. */
  private volatile boolean awaited;

  /** Written by the task's thread, as those that follow; null before {@link #start}. */
  private volatile RecordsInFlight inFlight;

  private RecordBuffer buffer;

  private volatile TaskMetrics metrics;
  private SourceRuntime runtime;

  protected BufferedSourceTask(Clock clock) {
    super();
    this.clock = clock;
  }

  @Override
  public final String version() {
    return Version.version();
  }

  /**
   * Makes buffer and metrics. To be called by {@link #start}, before anything else here.
   *
   * @param connector the connector's name
   * @param maxRecords the most records buffered
   * @param maxBytes the most memory they take, in bytes
   */
  protected final void open(
      String connector, TaskShare share, Scope scope, int maxRecords, long maxBytes) {
    open(
        connector, share, scope, maxRecords, maxBytes, RecordsInFlight.boundedByCount(clock::tick));
  }

  /**
   * Makes buffer and metrics. To be called by {@link #start}, before anything else here.
   *
   * @param connector the connector's name
   * @param maxRecords the most records buffered
   * @param maxBytes the most memory they take, in bytes
   * @param newInFlight bounds what the worker took and Kafka does not have
   */
  protected final void open(
      String connector,
      TaskShare share,
      Scope scope,
      int maxRecords,
      long maxBytes,
      RecordsInFlight newInFlight) {
    buffer = new RecordBuffer(maxRecords, maxBytes);
    inFlight = newInFlight;
    metrics = TaskMetrics.open(context, connector, share.index(), scope);
    metrics.gauge(Metric.BUFFER_RECORDS, buffer::records);
    metrics.gauge(Metric.BUFFER_BYTES, buffer::bytes);
    metrics.gauge(Metric.RECORDS_UNACKNOWLEDGED, inFlight::count);
  }

  /** Starts what fills the buffer; {@link #stop} closes it. */
  protected final void run(SourceRuntime newRuntime) {
    runtime = newRuntime;
    newRuntime.start();
  }

  /** The two times. */
  protected final Clock clock() {
    return clock;
  }

  /** What {@link #poll} empties. */
  protected final RecordBuffer buffer() {
    return buffer;
  }

  /** What the task counts. */
  protected final TaskMetrics metrics() {
    return metrics;
  }

  /** Makes the next {@link #poll} fail, unless something failed before. For any thread. */
  protected final void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  /**
   * Waits until Kafka has every record that the worker took. For {@link SourceRuntime#close}.
   *
   * @return whether it has
   */
  protected final boolean awaitDelivered(Duration timeout) throws InterruptedException {
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

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
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
    List<SourceRecord> batch = buffer.drain(room, LONGEST_POLL);
    if (batch.isEmpty()) {
      return null;
    }
    inFlight.taken(batch);
    metrics.recordsPolled(batch.size());
    return batch;
  }

  @Override
  public final void commitRecord(SourceRecord sourceRecord, RecordMetadata metadata) {
    if (sourceRecord instanceof TrackedRecord tracked) {
      tracked.delivery().recordDone();
      inFlight.done(tracked);
      metrics.recordsDelivered(1);
      if (awaited) {
        signalDelivered();
      }
    }
  }

  @Override
  public final void stop() {
    if (buffer != null) {
      buffer.close();
    }
    if (runtime != null) {
      drain(runtime.drainTimeout());
      runtime.close();
      runtime = null;
    }
    if (metrics != null) {
      metrics.close();
    }
  }

  /** What is confirmed while the sessions are open can still be acknowledged. */
  private void drain(Duration timeout) {
    try {
      if (!timeout.isZero() && !awaitDelivered(timeout)) {
        LOG.warn(
            "Kafka did not confirm everything within {} ms; the source delivers the rest again",
            timeout.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
