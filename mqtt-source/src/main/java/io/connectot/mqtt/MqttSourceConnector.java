// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.source.ConfiguredSourceConnector;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.MqttSourceValidator;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SessionOffset;
import io.connectot.mqtt.source.session.SubscriptionAssignment;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Reads MQTT messages into Kafka and acknowledges each once Kafka has it. */
public final class MqttSourceConnector extends ConfiguredSourceConnector {
  private MqttSourceConfig config; // null until started

  @Override
  protected void configure(Map<String, String> newProps) {
    config = new MqttSourceConfig(newProps);
  }

  @Override
  protected int tasks(int maxTasks) {
    return SubscriptionAssignment.tasks(
        config.keys().get(SessionConfig.SCALE), config.subscriptions().size(), maxTasks);
  }

  @Override
  protected void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    SessionOffset.check(partition, offset);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MqttSourceTask.class;
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return MqttSourceValidator.validate(connectorConfigs);
  }

  @Override
  public ConfigDef config() {
    return MqttSourceConfig.definition();
  }

  /** MQTT has no position to resume from: unacknowledged messages are delivered again. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.UNSUPPORTED;
  }
}
