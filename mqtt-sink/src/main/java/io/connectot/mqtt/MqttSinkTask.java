// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.Version;
import io.connectot.core.connection.Backoff;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.source.TaskShare;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.connection.MqttConnection;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.mapping.MessageMapper;
import io.connectot.mqtt.sink.mapping.UnpublishableException;
import io.connectot.mqtt.sink.publish.PendingRecord;
import io.connectot.mqtt.sink.publish.PublishQueue;
import io.connectot.mqtt.sink.publish.Publisher;
import io.connectot.mqtt.sink.publish.Remedies;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
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
 * Publishes the records of its partitions, and lets Kafka commit what the broker has. All methods
 * come from the task's thread; publishing has threads of its own.
 */
public final class MqttSinkTask extends SinkTask {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSinkTask.class);

  /** After what time Connect hands a batch over again for which there was no room. */
  private static final Duration NEXT_TRY = Duration.ofSeconds(5);

  /** How often Connect comes back while records have no answer yet. */
  private static final Duration NEXT_LOOK = Duration.ofMillis(500);

  /** Of {@link Metric#CONNECTION_STATE}. */
  private static final int ALL_CONNECTED = 2;

  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /**
   * How long the task's thread waits. Meanwhile it can neither be stopped nor take part in a
   * rebalance.
   *
   * @param connected a batch for room, while there is a connection
   * @param away a batch for room, while there is none
   * @param flush a commit for the answers that are due
   */
  record Patience(Duration connected, Duration away, Duration flush) {
    static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  private final BiFunction<MqttSinkConfig, String, TransportFactory> transports;
  private final Patience patience;

  /** Null before {@link #start}, as all that follow. */
  private MessageMapper mapper;

  private PublishQueue<SinkRecord> queue;
  private TaskMetrics metrics;
  private Publisher<SinkRecord> publisher;
  private MqttConnection connection;

  /** Null also where the worker has none for this connector. */
  private ErrantRecordReporter reporter;

  /** Whether Connect was asked to read no more. */
  private boolean paused;

  /** What a commit found and must not throw; null when nothing. */
  private ConnectException failure;

  /** Made by the worker. */
  public MqttSinkTask() {
    this(MqttSinkTask::libraryTransports, Patience.DEFAULT);
  }

  /**
   * @param transports makes the transports of a configuration and a client id
   */
  MqttSinkTask(BiFunction<MqttSinkConfig, String, TransportFactory> transports, Patience patience) {
    this.transports = transports;
    this.patience = patience;
  }

  private static TransportFactory libraryTransports(MqttSinkConfig config, String clientId) {
    return new PahoTransportFactory(config.mqtt().settings(clientId), config.mqtt().tls());
  }

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    TaskShare share = TaskShare.takeFrom(connectorProps);
    MqttSinkConfig config = MqttSinkConfig.of(connectorProps);
    String connector = props.getOrDefault("name", "unnamed");
    String clientId = config.clientId(connector, share.index());
    String thread = "connect-ot-" + connector + "-" + share.index();
    mapper = new MessageMapper(config.messages());
    reporter = context.errantRecordReporter();
    queue = new PublishQueue<>(config.bufferMaxRecords(), config.bufferMaxBytes());
    metrics = TaskMetrics.openSink(context, connector, share.index());
    publisher = new Publisher<>(thread + "-publish", queue, backoff(config), metrics);
    publishMetrics();
    connection =
        new MqttConnection(
            thread + "-connection",
            config.mqtt().brokers(),
            transports.apply(config, clientId),
            () -> config.mqtt().will(),
            backoff(config),
            publisher);
    publisher.start();
    connection.start();
    LOG.info("Publishes as client {}", clientId);
  }

  private void publishMetrics() {
    Publisher<SinkRecord> current = publisher;
    metrics.gauge(Metric.CONNECTION_STATE, () -> current.isConnected() ? ALL_CONNECTED : 0);
    metrics.gauge(Metric.MESSAGES_IN_FLIGHT, current::inFlight);
    metrics.gauge(Metric.BUFFER_RECORDS, queue::records);
    metrics.gauge(Metric.BUFFER_BYTES, queue::bytes);
  }

  private static Backoff backoff(MqttSinkConfig config) {
    return new Backoff(
        config.reconnectBackoff(),
        config.reconnectBackoffMax(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    if (queue != null) {
      // What an earlier owner of a partition left would count as this one's.
      queue.close(partitions);
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    if (queue != null) {
      queue.close(partitions);
    }
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    throwFailure();
    reportRefused();
    if (!records.isEmpty()) {
      awaitRoom();
      accept(records);
    }
    pauseOrResume();
    if (queue.records() > 0) {
      context.timeout(NEXT_LOOK.toMillis());
    }
  }

  /** Keeps Connect from reading more while too much waits for the broker. */
  private void pauseOrResume() {
    if (queue.hasNoRoom()) {
      // Also when paused already: partitions may have been added.
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
    long begin = System.nanoTime();
    try {
      while (!queue.awaitRoom(SLICE)) {
        throwFailure();
        reportRefused();
        Duration limit = publisher.isConnected() ? patience.connected() : patience.away();
        if (System.nanoTime() - begin >= limit.toNanos()) {
          context.timeout(NEXT_TRY.toMillis());
          throw new RetriableException(
              "The broker "
                  + (publisher.isConnected() ? "is too slow" : "cannot be reached")
                  + ", and "
                  + queue.records()
                  + " records wait for it already; trying again in "
                  + NEXT_TRY.toSeconds()
                  + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while waiting for the broker", e);
    }
  }

  private void accept(Collection<SinkRecord> records) {
    List<PendingRecord<SinkRecord>> pending = new ArrayList<>(records.size());
    try {
      for (SinkRecord record : records) {
        TopicPartition partition =
            new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        try {
          Optional<OutboundMessage> message = mapper.map(record);
          if (message.isPresent()) {
            pending.add(PendingRecord.toPublish(record, partition, offset, message.get()));
          } else {
            metrics.add(Metric.RECORDS_SKIPPED, 1);
          }
        } catch (UnpublishableException e) {
          pending.add(
              PendingRecord.reported(
                  record, partition, offset, report(record, partition, offset, e.getMessage())));
        }
      }
    } finally {
      // What stands before a record that ends the task is still published.
      queue.add(pending);
    }
  }

  /** Reports what the broker refused. */
  private void reportRefused() {
    for (PendingRecord<SinkRecord> refused : queue.takeRefused()) {
      String topic = refused.message().map(message -> message.topic()).orElse("");
      queue.reported(
          refused,
          report(
              refused.record(),
              refused.partition(),
              refused.offset(),
              "the broker refused it with "
                  + refused.refusal()
                  + " on topic '"
                  + topic
                  + "'; "
                  + Remedies.of(refused.refusal())));
    }
  }

  private Future<?> report(SinkRecord record, TopicPartition partition, long offset, String cause) {
    String message =
        "The record at offset " + offset + " of " + partition + " cannot be published: " + cause;
    if (reporter == null) {
      throw new ConnectException(
          message
              + ". To go on without such records, set errors.tolerance=all and"
              + " errors.deadletterqueue.topic.name");
    }
    metrics.add(Metric.RECORDS_REPORTED, 1);
    return reporter.report(record, new ConnectException(message));
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
    Optional<ProtocolException> cause = publisher.failure();
    if (cause.isPresent()) {
      throw new ConnectException(cause.get().getMessage(), cause.get());
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    if (queue == null) {
      return Map.of();
    }
    flush(currentOffsets);
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    currentOffsets.forEach(
        (partition, current) -> {
          OptionalLong open = queue.lowestOpen(partition);
          committable.put(
              partition,
              open.isPresent() && open.getAsLong() < current.offset()
                  ? new OffsetAndMetadata(open.getAsLong(), current.metadata())
                  : current);
        });
    return committable;
  }

  /** Waits for the broker's answers, but not for a broker that is away. Does not throw. */
  @Override
  public void flush(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    if (queue == null) {
      return;
    }
    try {
      long begin = System.nanoTime();
      boolean answered = false;
      while (!answered
          && publisher.isConnected()
          && System.nanoTime() - begin < patience.flush().toNanos()) {
        answered = queue.awaitAnswers(SLICE);
      }
      reportRefused();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      // Thrown here it would only make Connect read everything again; put() throws it.
      failure = e;
    }
  }

  @Override
  public void stop() {
    try {
      if (publisher != null) {
        publisher.close();
      }
      if (connection != null) {
        connection.disconnect(FAREWELL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (connection != null) {
        connection.close();
      }
    } finally {
      publisher = null;
      connection = null;
      if (metrics != null) {
        metrics.close();
      }
    }
  }
}
