// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.RecordsInFlight;
import io.connectot.core.mapping.DeviceEventMapper;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.metrics.Metric;
import io.connectot.core.model.Device;
import io.connectot.core.source.polling.PollingRuntime;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.streaming.StreamingRuntime;
import io.connectot.core.spi.DeviceProgress;
import io.connectot.core.spi.Driver.EventRecords;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.StreamingDriver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of any protocol: a bounded buffer, filled by the sessions of its share of the endpoints
 * and emptied by the worker. A module's own task says what its configuration becomes.
 */
public abstract class OtSourceTask extends BufferedSourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(OtSourceTask.class);

  /** Records of one transaction take at most this part of the heap: a quarter. */
  private static final int SHARE_OF_HEAP = 4;

  protected OtSourceTask() {
    this(Clock.SYSTEM);
  }

  OtSourceTask(Clock clock) {
    super(clock);
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
        inFlight(props.get(TRANSACTION_BOUNDARY_CONFIG)));
  }

  private <E, A> void start(
      SourceSetup<E, A> setup, TaskShare share, String connector, RecordsInFlight inFlight) {
    SourceSettings settings = setup.settings();
    open(
        connector,
        share,
        settings.metrics(),
        settings.buffer().maxRecords(),
        settings.buffer().maxBytes(),
        inFlight);
    RecordPipeline pipeline = pipeline(setup);
    RuntimeSettings runtime =
        new RuntimeSettings(
            connector,
            "connect-ot-" + connector + "-" + share.index(),
            settings.scanThreads(),
            settings.retries(),
            settings.badOnDisconnect(),
            this::fail);
    Inventory<E, A> inventory = setup.inventory();
    if (setup.driver() instanceof PollingDriver<E, A> polling) {
      List<Device<E>> devices = share.of(inventory.devices());
      run(
          new PollingRuntime<>(
              polling,
              inventory,
              devices,
              DeviceProgress.stored(this::storedOffsets, devices),
              runtime,
              pipeline));
      LOG.info("Task {} of {} reads {} devices", share.index() + 1, share.count(), devices.size());
    } else {
      Map<String, List<EndpointPart>> parts =
          setup.splitsEndpoints() ? share.parts(inventory.endpoints()) : Map.of();
      List<Device<E>> devices =
          setup.splitsEndpoints()
              ? inventory.devices().stream().filter(d -> parts.containsKey(d.endpoint())).toList()
              : share.of(inventory.devices());
      run(
          new StreamingRuntime<>(
              (StreamingDriver<E, A>) setup.driver(),
              inventory,
              devices,
              parts,
              this::storedOffsets,
              runtime,
              pipeline));
      LOG.info(
          "Task {} of {} is connected to {} devices",
          share.index() + 1,
          share.count(),
          devices.size());
    }
  }

  /** With other boundaries of transactions the worker confirms records as it goes. */
  private RecordsInFlight inFlight(String boundary) {
    return TransactionBoundary.INTERVAL.name().equalsIgnoreCase(boundary)
        ? RecordsInFlight.boundedByBytes(
            clock()::tick, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
        : RecordsInFlight.boundedByCount(clock()::tick);
  }

  private RecordPipeline pipeline(SourceSetup<?, ?> setup) {
    MappingSettings mapping = setup.settings().records().mapping();
    AtomicLong newestValueNanos = new AtomicLong();
    publishNewestValue(newestValueNanos);
    return new RecordPipeline(
        RecordMapper.of(mapping, setup.inventory().tags()),
        setup.settings().records().statusTopic().map(topic -> new EventMapper(mapping, topic)),
        setup.driver().eventRecords().map(events -> deviceEvents(mapping, events)),
        buffer(),
        metrics(),
        clock(),
        newestValueNanos);
  }

  private static DeviceEventMapper deviceEvents(MappingSettings mapping, EventRecords events) {
    Template topic = Template.compile(events.topic(), Vocabulary.DEVICE);
    return new DeviceEventMapper(mapping, topic, events.tombstones());
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
    metrics()
        .gauge(
            Metric.NEWEST_VALUE_AGE,
            () -> {
              long newest = newestValueNanos.get();
              return newest == 0
                  ? -1
                  : TimeUnit.NANOSECONDS.toMillis(Math.max(0, clock().epochNanos() - newest));
            });
  }
}
