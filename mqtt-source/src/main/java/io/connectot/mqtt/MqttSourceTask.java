// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.metrics.Metric.Scope;
import io.connectot.core.source.BufferedSourceTask;
import io.connectot.core.source.TaskShare;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.MessageCounts;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SessionFactory;
import io.connectot.mqtt.source.session.SessionOffset;
import io.connectot.mqtt.source.session.SubscriptionAssignment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the messages of one MQTT session. */
public final class MqttSourceTask extends BufferedSourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSourceTask.class);

  public MqttSourceTask() {
    super(Clock.SYSTEM);
  }

  @Override
  public void start(Map<String, String> props) {
    Map<String, String> connectorProps = new HashMap<>(props);
    TaskShare share = TaskShare.takeFrom(connectorProps);
    MqttSourceConfig config = new MqttSourceConfig(connectorProps);
    String connector = config.connectorName();
    open(connector, share, Scope.MESSAGES, config.bufferMaxRecords(), config.bufferMaxBytes());
    SubscriptionAssignment layout =
        new SubscriptionAssignment(
            config.baseClientId(),
            connector,
            config.keys().get(SessionConfig.SCALE),
            share.count(),
            config.subscriptions());
    SessionFactory factory =
        new SessionFactory(
            config.connection(),
            config.keys(),
            config.reconnectBackoff(),
            config.reconnectBackoffMax(),
            () -> config.newMapper(new MessageCounts(metrics()::add)),
            config.statusTopic().map(topic -> new EventMapper(config.eventSettings(), topic)),
            buffer(),
            metrics(),
            clock(),
            this::kept,
            this::awaitDelivered,
            this::fail);
    run(factory.runtime(layout, share.index()));
    LOG.info(
        "Task {} of {} is {}, with {} subscriptions",
        share.index() + 1,
        share.count(),
        layout.clientId(share.index()),
        layout.of(share.index()).size());
  }

  private Map<String, SessionOffset> kept(Collection<String> clientIds) {
    OffsetStorageReader reader = context == null ? null : context.offsetStorageReader();
    if (reader == null) {
      return Map.of();
    }
    List<Map<String, String>> partitions =
        clientIds.stream().map(SessionOffset::partition).toList();
    return SessionFactory.read(reader.offsets(partitions));
  }
}
