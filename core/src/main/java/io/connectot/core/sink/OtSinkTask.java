// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.Version;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.Threads;
import io.connectot.core.connection.loop.ConnectionLoop;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink task of any protocol: queues the records of its partitions, lets a {@link
 * WriteDispatcher} write them, and lets Kafka commit what the target has. A module's task only
 * names its {@link SinkProtocol}. All methods are called by the worker's task thread.
 *
 * @param <W> what is written for a record
 */
public abstract class OtSinkTask<W> extends SinkTask {
  private static final Logger LOG = LoggerFactory.getLogger(OtSinkTask.class);

  /** When Connect passes a batch again for which there was no room. */
  private static final Duration BATCH_RETRY = Duration.ofSeconds(5);

  /** How often Connect calls {@code put} while records are pending. */
  private static final Duration PENDING_CHECK = Duration.ofMillis(500);

  /** Value of {@link TaskMetric#CONNECTION_STATE}. */
  private static final int ALL_CONNECTED = 2;

  private static final Duration SLICE = Duration.ofMillis(100);

  /** A session disconnects within one second. */
  private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  /**
   * How long the task thread waits. Meanwhile the task can neither stop nor join a rebalance.
   *
   * @param connected for room for a batch, while connected
   * @param disconnected for room for a batch, while not connected
   * @param flush for results before a commit, while connected
   */
  public record WaitLimits(Duration connected, Duration disconnected, Duration flush) {
    static final WaitLimits DEFAULT =
        new WaitLimits(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  private final WaitLimits limits;
  private final Clock clock;

  /** Null before {@link #start}, as all fields below. */
  private SinkDriver<W> driver;

  private WriteQueue<W> queue;
  private TaskMetrics metrics;
  private WriteDispatcher<W> dispatcher;
  private ConnectionLoop connection;

  /** Null also if the worker has none for this connector. */
  private ErrantRecordReporter reporter;

  /** Whether the partitions are paused. */
  private boolean paused;

  /** An error found while committing, to be thrown by {@code put}; null if none. */
  private ConnectException failure;

  protected OtSinkTask() {
    this(WaitLimits.DEFAULT, Clock.SYSTEM);
  }

  /** For tests. */
  protected OtSinkTask(WaitLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** The protocol that is written to. */
  protected abstract SinkProtocol<W> protocol();

  @Override
  public final String version() {
    return Version.version();
  }

  @Override
  public final void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    String index = connectorProps.remove(OtSinkConnector.TASK_INDEX);
    driver = protocol().bind(connectorProps);
    String connector = props.getOrDefault("name", "unnamed");
    int number = index == null ? 0 : Integer.parseInt(index);
    metrics = TaskMetrics.openSink(context, connector, number, driver.metrics());
    SinkContext task = new SinkContext(connector, number, clock, metrics);
    reporter = context.errantRecordReporter();
    Configuration config = driver.config();
    queue =
        new WriteQueue<>(config.get(BufferConfig.MAX_RECORDS), config.get(BufferConfig.MAX_BYTES));
    RetryPolicy retries =
        new RetryPolicy(
            config.get(ConnectionConfig.RECONNECT_BACKOFF),
            config.get(ConnectionConfig.RECONNECT_BACKOFF_MAX));
    WriteDispatcher<W> listener =
        new WriteDispatcher<>(
            task.threads(), driver.target(), queue, retries.newBackoff(), metrics, clock);
    dispatcher = listener;
    publishMetrics();
    Supplier<? extends WriteSession<W>> sessions = driver.sessions(task);
    connection =
        new ConnectionLoop(
            Threads.factory(task.threads() + "-connection-"),
            () -> listener.connecting(sessions.get()),
            retries,
            listener,
            clock);
    dispatcher.start();
    connection.start();
  }

  private void publishMetrics() {
    WriteDispatcher<W> current = dispatcher;
    metrics.gauge(TaskMetric.CONNECTION_STATE, () -> current.isConnected() ? ALL_CONNECTED : 0);
    metrics.gauge(TaskMetric.MESSAGES_IN_FLIGHT, current::inFlight);
    metrics.gauge(TaskMetric.BUFFER_RECORDS, queue::records);
    metrics.gauge(TaskMetric.BUFFER_BYTES, queue::bytes);
  }

  @Override
  public final void open(Collection<TopicPartition> partitions) {
    // Records of an earlier assignment must not count for this one.
    close(partitions);
    if (driver != null) {
      driver.assigned(partitions, context);
    }
  }

  @Override
  public final void close(Collection<TopicPartition> partitions) {
    if (queue != null) {
      queue.discard(partitions);
      driver.revoked(partitions);
    }
  }

  @Override
  public final void put(Collection<SinkRecord> records) {
    throwFailure();
    driver.resume();
    reportRefused();
    if (!records.isEmpty()) {
      awaitRoom();
      accept(records);
    }
    pauseOrResume();
    if (queue.records() > 0) {
      context.timeout(PENDING_CHECK.toMillis());
    }
  }

  /** Stops the worker's consumer while the queue is full. */
  private void pauseOrResume() {
    if (queue.hasNoRoom()) {
      // Also if paused already: partitions may have been assigned since.
      context.pause(assignment());
      paused = true;
    } else if (paused && queue.isHalfEmpty()) {
      context.resume(assignment());
      paused = false;
    }
  }

  private TopicPartition[] assignment() {
    return context.assignment().toArray(TopicPartition[]::new);
  }

  private void awaitRoom() {
    long begin = clock.tick();
    try {
      while (!queue.awaitRoom(SLICE)) {
        throwFailure();
        reportRefused();
        boolean connected = dispatcher.isConnected();
        Duration limit = connected ? limits.connected() : limits.disconnected();
        if (clock.tick() - begin >= limit.toNanos()) {
          context.timeout(BATCH_RETRY.toMillis());
          throw new RetriableException(
              "The "
                  + driver.target()
                  + (connected ? " is too slow: " : " is unreachable: ")
                  + queue.records()
                  + " records are waiting; retrying the next batch in "
                  + BATCH_RETRY.toSeconds()
                  + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while waiting for the " + driver.target(), e);
    }
  }

  private void accept(Collection<SinkRecord> records) {
    WriteMapper<W> mapper = driver.mapper();
    List<PendingRecord<W>> pending = new ArrayList<>(records.size());
    try {
      for (SinkRecord record : records) {
        try {
          Optional<W> write = mapper.map(record);
          if (write.isPresent()) {
            pending.add(PendingRecord.toWrite(record, write.get(), mapper.bytes(write.get())));
          } else {
            metrics.add(TaskMetric.RECORDS_SKIPPED, 1);
          }
        } catch (UnwritableRecordException e) {
          pending.add(PendingRecord.reported(record, report(record, e.getMessage())));
        }
      }
    } finally {
      // Records before one that fails the task are still written.
      queue.add(pending);
    }
  }

  private void reportRefused() {
    for (PendingRecord<W> refused : queue.takeRefused()) {
      String cause = driver.refusal(refused.write, refused.refusal);
      queue.reported(refused, report(refused.record, cause));
    }
  }

  private Future<?> report(SinkRecord record, String cause) {
    String message =
        "The record at offset "
            + record.originalKafkaOffset()
            + " of "
            + PendingRecord.partitionOf(record)
            + " cannot be written: "
            + cause;
    if (reporter == null && !driver.failsWithoutReporter()) {
      LOG.warn("{}", message);
      metrics.add(TaskMetric.RECORDS_REPORTED, 1);
      return CompletableFuture.completedFuture(null);
    }
    if (reporter == null) {
      throw new ConnectException(
          message
              + ". To skip such records, set errors.tolerance=all and"
              + " errors.deadletterqueue.topic.name");
    }
    metrics.add(TaskMetric.RECORDS_REPORTED, 1);
    return reporter.report(record, new ConnectException(message));
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
    Optional<Throwable> cause = dispatcher.failure().or(driver::failure);
    if (cause.isPresent()) {
      throw new ConnectException(
          cause.get() instanceof ProtocolException || cause.get() instanceof ConnectException
              ? cause.get().getMessage()
              : "Writing to the "
                  + driver.target()
                  + " failed unexpectedly ("
                  + cause.get()
                  + "); restart the task",
          cause.get());
    }
  }

  @Override
  public final Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    if (queue == null) {
      return Map.of();
    }
    flush(currentOffsets);
    try {
      driver.hold();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    currentOffsets.forEach(
        (partition, current) -> {
          OptionalLong unsettled = queue.lowestUnsettled(partition);
          committable.put(
              partition,
              unsettled.isPresent() && unsettled.getAsLong() < current.offset()
                  ? new OffsetAndMetadata(unsettled.getAsLong(), current.metadata())
                  : current);
        });
    return committable;
  }

  /** Waits for results while connected, within the limit. Does not throw. */
  @Override
  public final void flush(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    if (queue == null) {
      return;
    }
    try {
      long begin = clock.tick();
      boolean complete = false;
      while (!complete
          && dispatcher.isConnected()
          && clock.tick() - begin < limits.flush().toNanos()) {
        complete = queue.awaitResults(SLICE);
      }
      reportRefused();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      // Thrown from here, it would make Connect rewind the consumer; put() throws it.
      failure = e;
    }
  }

  @Override
  public final void stop() {
    try {
      if (dispatcher != null) {
        dispatcher.close();
      }
      if (connection != null) {
        connection.close();
        connection.awaitStopped(STOP_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (connection != null) {
        connection.close();
      }
    } finally {
      dispatcher = null;
      connection = null;
      if (driver != null) {
        driver.close();
      }
      if (metrics != null) {
        metrics.close();
      }
    }
  }
}
