// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.Version;
import io.connectot.core.source.ConnectorFailures;
import io.connectot.core.source.TaskShare;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.MqttSourceValidator;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SessionOffset;
import io.connectot.mqtt.source.session.SubscriptionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Reads MQTT messages into Kafka and acknowledges each once Kafka has it. */
public final class MqttSourceConnector extends SourceConnector {
  private Map<String, String> props = Map.of();
  private MqttSourceConfig config; // null unless started
  private ConnectorFailures.Registration registration; // null unless started

  @Override
  public void start(Map<String, String> newProps) {
    config = new MqttSourceConfig(newProps);
    props = Map.copyOf(newProps);
    registration = ConnectorFailures.register(config.connectorName(), context);
  }

  @Override
  public void stop() {
    config = null;
    if (registration != null) {
      registration.close();
      registration = null;
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MqttSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks =
        SubscriptionAssignment.tasks(
            config.keys().get(SessionConfig.SCALE), config.subscriptions().size(), maxTasks);
    List<Map<String, String>> configs = new ArrayList<>(tasks);
    for (int task = 0; task < tasks; task++) {
      Map<String, String> taskConfig = new HashMap<>(props);
      new TaskShare(task, tasks).writeTo(taskConfig);
      configs.add(taskConfig);
    }
    return configs;
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return MqttSourceValidator.validate(connectorConfigs);
  }

  @Override
  public ConfigDef config() {
    return MqttSourceConfig.definition();
  }

  @Override
  public String version() {
    return Version.version();
  }

  /** MQTT has no position to resume from: unacknowledged messages are delivered again. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.UNSUPPORTED;
  }

  /**
   * Accepts offsets in the form that tasks store.
   *
   * @throws ConnectException naming the field that is wrong
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    try {
      offsets.forEach(SessionOffset::check);
    } catch (ConfigException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    return true;
  }
}
