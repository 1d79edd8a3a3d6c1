// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.Version;
import io.connectot.core.source.TaskShare;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.config.MqttSinkValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Publishes the records of Kafka topics to an MQTT broker. */
public final class MqttSinkConnector extends SinkConnector {
  private Map<String, String> props = Map.of();

  @Override
  public void start(Map<String, String> newProps) {
    MqttSinkConfig.of(newProps);
    props = Map.copyOf(newProps);
  }

  @Override
  public void stop() {
    props = Map.of();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MqttSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>(maxTasks);
    for (int task = 0; task < maxTasks; task++) {
      Map<String, String> config = new HashMap<>(props);
      new TaskShare(task, maxTasks).writeTo(config);
      configs.add(config);
    }
    return configs;
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return MqttSinkValidator.validate(connectorConfigs);
  }

  @Override
  public ConfigDef config() {
    return MqttSinkConfig.definition();
  }

  @Override
  public String version() {
    return Version.version();
  }

  /** Accepts all: the consumer group has the only offsets there are. */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    return true;
  }
}
