// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.Inventory;
import io.connectot.core.config.SourceConfig;
import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.mapping.DeviceEventMapper;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.Metric.Scope;
import io.connectot.core.model.Device;
import io.connectot.core.source.polling.DeviceProgress;
import io.connectot.core.source.polling.PollingRuntime;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.runtime.SourceRuntime;
import io.connectot.core.source.streaming.StreamingRuntime;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Driver.EventRecords;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.StreamingDriver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of any protocol: a bounded buffer, filled by the sessions of its share of the endpoints
 * and emptied by the worker. A module's own task says which {@link Protocol} it speaks.
 */
public abstract class OtSourceTask extends BufferedSourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(OtSourceTask.class);

  protected OtSourceTask() {
    this(Clock.SYSTEM);
  }

  OtSourceTask(Clock clock) {
    super(clock);
  }

  /** The protocol it speaks. */
  protected abstract Protocol protocol();

  @Override
  public final void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    TaskShare share = TaskShare.takeFrom(connectorProps);
    start(SourceSetup.of(protocol(), connectorProps), share, props.getOrDefault("name", "unnamed"));
  }

  private <E, A> void start(SourceSetup<E, A> setup, TaskShare share, String connector) {
    SourceConfig config = setup.config();
    Inventory<E, A> inventory = setup.inventory();
    Map<String, List<EndpointPart>> parts = Map.of();
    List<Device<E>> devices;
    if (setup.splitsEndpoints()) {
      parts = share.parts(inventory.endpoints());
      Set<String> own = parts.keySet();
      devices = inventory.devices().stream().filter(d -> own.contains(d.endpoint())).toList();
    } else {
      devices = share.of(inventory.devices());
    }
    open(connector, share, Scope.DEVICES, config.bufferMaxRecords(), config.bufferMaxBytes());
    MappingSettings mapping = config.mapping();
    AtomicLong newestValueNanos = new AtomicLong();
    RecordPipeline outlet =
        new RecordPipeline(
            RecordMapper.of(mapping, inventory.tags()),
            config.statusTopic().map(topic -> new EventMapper(mapping, topic)),
            setup.driver().eventRecords().map(events -> deviceEvents(mapping, events)),
            buffer(),
            metrics(),
            clock(),
            newestValueNanos);
    publishMetrics(newestValueNanos);
    RuntimeSettings settings =
        new RuntimeSettings(
            "connect-ot-" + connector + "-" + share.index(),
            config.pollThreads(),
            config.reconnectBackoff(),
            config.reconnectBackoffMax(),
            config.qualityOnDisconnect(),
            this::fail);
    run(runtime(setup.driver(), inventory, devices, parts, connector, settings, outlet));
    LOG.info("Task {} of {} reads {} devices", share.index() + 1, share.count(), devices.size());
  }

  private static DeviceEventMapper deviceEvents(MappingSettings mapping, EventRecords events) {
    Template topic = Template.compile(events.topic(), Vocabulary.DEVICE);
    return new DeviceEventMapper(mapping, topic, events.tombstones());
  }

  private <E, A> SourceRuntime runtime(
      Driver<E, A> driver,
      Inventory<E, A> inventory,
      List<Device<E>> devices,
      Map<String, List<EndpointPart>> parts,
      String connector,
      RuntimeSettings settings,
      RecordPipeline outlet) {
    if (driver instanceof PollingDriver<E, A> polling) {
      return new PollingRuntime<>(
          polling,
          inventory,
          devices,
          DeviceProgress.stored(this::storedOffsets, devices),
          settings,
          outlet);
    }
    return new StreamingRuntime(
        (StreamingDriver<E, A>) driver,
        inventory,
        devices,
        parts,
        this::storedOffsets,
        connector,
        settings,
        outlet);
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

  private void publishMetrics(AtomicLong newestValueNanos) {
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
