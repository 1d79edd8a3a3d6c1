// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.mapping.EventMapper;
import io.connectot.core.metrics.Metric.Scope;
import io.connectot.core.runtime.BufferedSourceTask;
import io.connectot.core.runtime.RuntimeClock;
import io.connectot.core.runtime.TaskShare;
import io.connectot.mqtt.config.ConnectionSettings;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.session.MqttSession;
import io.connectot.mqtt.source.session.MqttSourceRuntime;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SessionOffset;
import io.connectot.mqtt.source.session.SessionOutlet;
import io.connectot.mqtt.source.session.SessionSetup;
import io.connectot.mqtt.source.session.TaskSubscriptions;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.transport.MqttTransports;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the messages of one MQTT session. */
public final class MqttSourceTask extends BufferedSourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSourceTask.class);

  /** How long reading may stand still, unless the keep-alive time demands less. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  public MqttSourceTask() {
    super(RuntimeClock.SYSTEM);
  }

  @Override
  public void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    TaskShare share = TaskShare.takeFrom(connectorProps);
    MqttSourceConfig config = new MqttSourceConfig(connectorProps);
    SessionConfig limits = config.session();
    String connector = config.connectorName();
    open(connector, share, Scope.MESSAGES, config.bufferMaxRecords(), config.bufferMaxBytes());
    String clientId = config.connection().clientId().orElse(connector) + "-" + share.index();
    ConnectionSettings settings = config.connection().settings(clientId);
    List<SourceSubscription> subscriptions =
        TaskSubscriptions.of(config.subscriptions(), limits.scale(), share, connector);
    MqttSession session =
        new MqttSession(
            new SessionSetup(
                clientId,
                config.connection().brokers(),
                new MqttTransports(settings, config.connection().tls()),
                config.connection().will(),
                subscriptions,
                !settings.cleanSession(),
                config.reconnectBackoff(),
                config.reconnectBackoffMax(),
                limits.maxMessages(),
                limits.maxBytes(),
                limits.overflow(),
                longestPause(settings)),
            new SessionOutlet(
                config.newMapper(),
                config.statusTopic().map(topic -> new EventMapper(config.eventSettings(), topic)),
                buffer(),
                metrics(),
                clock(),
                this::fail),
            lastKnown(clientId));
    run(new MqttSourceRuntime(session, metrics(), this::awaitDelivered, limits.stopTimeout()));
    LOG.info(
        "Task {} of {} is {}, with {} subscriptions",
        share.index() + 1,
        share.count(),
        clientId,
        subscriptions.size());
  }

  private static Duration longestPause(ConnectionSettings settings) {
    Duration half = settings.keepAlive().dividedBy(2);
    return half.isZero() || half.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : half;
  }

  private Optional<SessionOffset> lastKnown(String clientId) {
    OffsetStorageReader reader = context == null ? null : context.offsetStorageReader();
    return reader == null
        ? Optional.empty()
        : SessionOffset.of(reader.offset(SessionOffset.partition(clientId)));
  }
}
