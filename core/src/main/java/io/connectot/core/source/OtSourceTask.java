// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.Version;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.RecordsInFlight;
import io.connectot.core.delivery.StatusHeartbeats;
import io.connectot.core.delivery.ThreadAlarm;
import io.connectot.core.delivery.TopicWatch;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.delivery.TransactionHeap;
import io.connectot.core.mapping.LimitedMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.event.DeviceEventMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.source.polling.PollingRuntime;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.runtime.SourceRuntime;
import io.connectot.core.source.streaming.StreamingRuntime;
import io.connectot.core.spi.DeviceProgress;
import io.connectot.core.spi.Driver.EventRecords;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.StreamingSessionFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of any protocol: a bounded buffer, filled by the sessions of its share of the endpoints
 * and emptied by the worker. A module's own task defines what its configuration becomes.
 *
 * <p>{@link #start}, {@link #poll} and {@link #stop} come from the task's thread; {@link
 * #commitRecord} from that of the producer, also after {@link #stop}.
 */
public abstract class OtSourceTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(OtSourceTask.class);

  /** Shared by all tasks on a worker whose transactions end at intervals of time. */
  private static final TransactionHeap TRANSACTIONS =
      new TransactionHeap(Runtime.getRuntime().maxMemory());

  private final Clock clock = Clock.SYSTEM;

  /** Written by the task's thread; null before {@link #start}. */
  private volatile PollQueue queue;

  /** Owned by the task's thread, as the next; null unless started. */
  private TaskMetrics metrics;

  private SourceRuntime runtime;

  /** Whether it takes a part of {@link #TRANSACTIONS}. */
  private boolean hasIntervals;

  @Override
  public final String version() {
    return Version.version();
  }

  /**
   * Reads the task's configuration.
   *
   * @throws org.apache.kafka.common.config.ConfigException when it cannot work, naming every guilty
   *     key
   */
  protected abstract SourceSetup<?, ?> setup(Map<String, String> props);

  @Override
  public final void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    TaskShare share = TaskShare.takeFrom(connectorProps);
    start(
        setup(connectorProps),
        share,
        props.getOrDefault("name", "unnamed"),
        inFlight(props.get(TRANSACTION_BOUNDARY_CONFIG)),
        DeliverySettings.of(props));
  }

  private <E, A> void start(
      SourceSetup<E, A> setup,
      TaskShare share,
      String connector,
      RecordsInFlight inFlight,
      DeliverySettings delivery) {
    SourceSettings settings = setup.settings();
    metrics = TaskMetrics.open(context, connector, share.index(), settings.metrics());
    RecordBuffer buffer =
        new RecordBuffer(settings.buffer().maxRecords(), settings.buffer().maxBytes());
    MappingSettings mapping = settings.records().mapping();
    EventMapper events = new EventMapper(mapping, settings.records().events());
    StatusHeartbeats statuses =
        new StatusHeartbeats(events, settings.records().events().heartbeat(), clock);
    String threadName = "connect-ot-" + connector + "-" + share.index();
    TopicWatch topics =
        new TopicWatch(
            delivery.topics(),
            clock,
            new ThreadAlarm(threadName + "-topics"),
            inFlight,
            failure -> {
              LOG.error("The task fails: {}", failure.getMessage());
              ConnectorFailures.raise(connector, failure);
            });
    queue =
        new PollQueue(
            buffer, statuses, inFlight, delivery.newConverterCheck(), topics, metrics, clock::tick);
    RuntimeSettings runtimeSettings =
        new RuntimeSettings(
            connector,
            threadName,
            settings.scanThreads(),
            settings.retries(),
            settings.badOnDisconnect(),
            queue::fail);
    RecordPipeline pipeline = pipeline(setup, events, statuses, buffer, delivery.limit());
    runtime = runtime(setup, share, runtimeSettings, pipeline);
    runtime.start();
  }

  private <E, A> SourceRuntime runtime(
      SourceSetup<E, A> setup,
      TaskShare share,
      RuntimeSettings runtimeSettings,
      RecordPipeline pipeline) {
    Inventory<E, A> inventory = setup.inventory();
    Map<String, List<EndpointPart>> parts =
        setup.splitsEndpoints() ? share.parts(inventory.endpoints()) : Map.of();
    List<Device<E>> devices =
        setup.splitsEndpoints()
            ? inventory.devices().stream().filter(d -> parts.containsKey(d.endpoint())).toList()
            : share.of(inventory.devices());
    LOG.info("Task {} of {} reads {} devices", share.index() + 1, share.count(), devices.size());
    if (setup.sessions() instanceof PollingDriver<E, A> polling) {
      Map<String, Long> stored = DeviceProgress.stored(this::storedOffsets, devices);
      return new PollingRuntime<>(polling, inventory, devices, stored, runtimeSettings, pipeline);
    }
    return new StreamingRuntime<>(
        (StreamingSessionFactory<E, A>) setup.sessions(),
        inventory,
        devices,
        parts,
        this::storedOffsets,
        runtimeSettings,
        pipeline);
  }

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
    return queue.poll();
  }

  @Override
  public final void commitRecord(SourceRecord sourceRecord, RecordMetadata metadata) {
    if (sourceRecord instanceof TrackedRecord tracked) {
      queue.committed(tracked, metadata);
    }
  }

  @Override
  public final void stop() {
    if (queue != null) {
      queue.close();
    }
    if (runtime != null) {
      drain(runtime.drainTimeout());
      runtime.close();
      runtime = null;
    }
    if (metrics != null) {
      metrics.close();
    }
    if (hasIntervals) {
      hasIntervals = false;
      TRANSACTIONS.leave();
    }
  }

  /** What Kafka confirms while the sessions are open can still be acknowledged. */
  private void drain(Duration timeout) {
    try {
      if (!timeout.isZero() && !queue.awaitDelivered(timeout)) {
        LOG.warn(
            "Kafka did not confirm everything within {} ms; the source delivers the rest again",
            timeout.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With other boundaries of transactions the worker confirms records as it goes. */
  private RecordsInFlight inFlight(String boundary) {
    if (!TransactionBoundary.INTERVAL.name().equalsIgnoreCase(boundary)) {
      return RecordsInFlight.boundedByCount(clock::tick);
    }
    hasIntervals = true;
    TRANSACTIONS.join();
    return RecordsInFlight.boundedByBytes(clock::tick, TRANSACTIONS::perTask);
  }

  private RecordPipeline pipeline(
      SourceSetup<?, ?> setup,
      EventMapper events,
      StatusHeartbeats statuses,
      RecordBuffer buffer,
      RecordLimit limit) {
    MappingSettings mapping = setup.settings().records().mapping();
    AtomicLong newestValueNanos = new AtomicLong();
    publishNewestValue(newestValueNanos);
    return new RecordPipeline(
        new LimitedMapper(
            RecordMapper.of(mapping, setup.inventory().tags()), mapping.layout(), limit),
        events,
        statuses,
        setup.events().map(own -> deviceEvents(mapping, own, limit)),
        buffer,
        metrics,
        clock,
        newestValueNanos);
  }

  private static DeviceEventMapper deviceEvents(
      MappingSettings mapping, EventRecords events, RecordLimit limit) {
    NameTemplate topic = NameTemplate.compile(events.topic(), Vocabulary.DEVICE);
    return new DeviceEventMapper(mapping, topic, events.tombstones(), limit);
  }

  private Map<Map<String, String>, Map<String, Object>> storedOffsets(
      Collection<Map<String, String>> partitions) {
    OffsetStorageReader reader = context == null ? null : context.offsetStorageReader();
    Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
    if (reader != null && !partitions.isEmpty()) {
      reader
          .offsets(partitions)
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  stored.put(partition, offset);
                }
              });
    }
    return stored;
  }

  private void publishNewestValue(AtomicLong newestValueNanos) {
    metrics.gauge(
        TaskMetric.NEWEST_VALUE_AGE,
        () -> {
          long newest = newestValueNanos.get();
          return newest == 0
              ? -1
              : TimeUnit.NANOSECONDS.toMillis(Math.max(0, clock.epochNanos() - newest));
        });
  }
}
