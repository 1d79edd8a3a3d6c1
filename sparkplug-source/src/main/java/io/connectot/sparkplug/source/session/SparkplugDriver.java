// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.DeviceProgress;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.StreamingSessionFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.sparkplug.host.HostMachine;
import io.connectot.sparkplug.host.HostRole;
import io.connectot.sparkplug.host.HostSettings;
import io.connectot.sparkplug.host.Moment;
import io.connectot.sparkplug.host.Stored;
import io.connectot.sparkplug.source.record.EdgeRecords;
import io.connectot.sparkplug.topic.Groups;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the connections of one host application, one to each of its brokers. Thread-safe. */
public final class SparkplugDriver implements StreamingSessionFactory<Object, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(SparkplugDriver.class);
  private static final Duration TICK = Duration.ofMillis(250);

  private final Host host;
  private final EdgeRecords records;
  private final String clientId;
  private final Duration connectTimeout;
  private final Supplier<TransportFactory> transports;

  /** By endpoint. Guarded by this, as all that follow. */
  private final Map<String, BrokerClient> clients = new HashMap<>();

  /** Null before the first session. */
  private EdgeProcessor.SharedHost shared;

  private FirstConnect firstConnect;

  /** The driver of the former task, of which {@link #forgetFormer} keeps no chain. */
  private Optional<SparkplugDriver> former = Optional.empty();

  private volatile long usedTick;

  /**
   * The host application.
   *
   * @param id its id
   * @param settings of its state machine
   * @param followKafka after which time Kafka's silence takes its STATE offline; empty for never
   * @param queueBytes the most bytes of messages that wait for each broker
   * @param config the whole configuration of the connector
   */
  public record Host(
      String id,
      HostRole role,
      Groups groups,
      HostSettings settings,
      Optional<Duration> followKafka,
      long queueBytes,
      Map<String, ?> config) {}

  /**
   * @param records makes the records; owned by this driver
   * @param clientId of all connections
   * @param transports makes the factory of transports of one broker
   */
  public SparkplugDriver(
      Host host,
      EdgeRecords records,
      String clientId,
      Duration connectTimeout,
      Supplier<TransportFactory> transports) {
    this.host = host;
    this.records = records;
    this.clientId = clientId;
    this.connectTimeout = connectTimeout;
    this.transports = transports;
  }

  /**
   * The offsets of a connector are changed while it is stopped: its next task on this worker starts
   * from them, and not from what the former task left.
   */
  public static void offsetsChanged(String connector) {
    FormerTasks.forget(connector);
  }

  Host host() {
    return host;
  }

  String clientId() {
    return clientId;
  }

  @Override
  public StreamingSession newSession(
      String endpoint, Map<Device<Object>, List<Tag<Object>>> devices, StreamContext context) {
    Device<Object> device = devices.keySet().iterator().next();
    return new BrokerSession(
        client(endpoint, device, context), this::used, connectTimeout, context.threadName());
  }

  private synchronized BrokerClient client(
      String endpoint, Device<Object> device, StreamContext context) {
    usedTick = context.clock().tick();
    if (shared == null) {
      KafkaProgress progress = new KafkaProgress();
      // What a task left that Kafka does not have; the offsets know all the rest.
      former =
          FormerTasks.replace(context.connector(), host.config(), this, usedTick)
              .filter(driver -> !driver.isEverythingDelivered());
      shared =
          former
              .flatMap(SparkplugDriver::shared)
              .map(of -> of.forNextTask(progress))
              .orElseGet(
                  () -> {
                    HostMachine machine = new HostMachine(host.settings());
                    restore(machine, endpoint, context);
                    return new EdgeProcessor.SharedHost(
                        new ReentrantLock(), machine, records, progress);
                  });
      firstConnect = new FirstConnect((BrokerAddress) device.settings());
      context.metrics().gauge(TaskMetric.MESSAGES_UNACKNOWLEDGED, progress::waiting);
    } else {
      FormerTasks.keep(context.connector(), host.config(), this);
    }
    BrokerClient known = clients.get(endpoint);
    if (known == null) {
      known =
          BrokerClient.of(
              this,
              device,
              transports.get(),
              shared,
              firstConnect,
              context.metrics(),
              context.clock());
      adopt(endpoint, known);
      clients.put(endpoint, known);
    }
    return known;
  }

  /** Takes over what the former task left. */
  private void adopt(String endpoint, BrokerClient client) {
    Optional<BrokerClient> left = former.flatMap(driver -> driver.client(endpoint));
    try {
      if (left.isPresent() && !client.processor().adopt(left.get().processor())) {
        LOG.warn("{}: the former task does not end; what it had received is lost", host.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<EdgeProcessor.SharedHost> shared() {
    return Optional.ofNullable(shared);
  }

  private synchronized Optional<BrokerClient> client(String endpoint) {
    return Optional.ofNullable(clients.get(endpoint));
  }

  /** Another task has taken over. */
  synchronized void forgetFormer() {
    former = Optional.empty();
  }

  /** When it was last used, by the ticker. */
  long usedTick() {
    return usedTick;
  }

  /** Whether Kafka has everything that was received, and no session processes messages. */
  synchronized boolean isEverythingDelivered() {
    return clients.values().stream().allMatch(client -> client.processor().isDrained());
  }

  /** A session looks after its connection. */
  void used(long tick) {
    usedTick = tick;
  }

  private void restore(HostMachine machine, String endpoint, StreamContext context) {
    Clock clock = context.clock();
    Moment now = new Moment(clock.epochNanos(), clock.tick());
    List<Stored> stored = records.restore(host.id(), context.offsets(), endpoint);
    stored.forEach(known -> machine.restore(known, DeviceProgress.NOT_RUNNING, now));
    if (!stored.isEmpty()) {
      LOG.info("{}: {} births of edge nodes and devices are known", host.id(), stored.size());
    }
  }

  /** Messages are acknowledged one by one. */
  @Override
  public boolean ordersAcrossConnections() {
    return false;
  }

  @Override
  public Duration tickInterval() {
    return TICK;
  }
}
