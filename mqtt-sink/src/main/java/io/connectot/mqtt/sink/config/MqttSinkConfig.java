// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.sink.mapping.MessageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of an MQTT sink. */
public final class MqttSinkConfig {
  /** The column {@code protocol} of results. */
  public static final String PROTOCOL = "mqtt";

  /** The base of the client id in validation, if the connector has no name yet. */
  private static final String UNNAMED = "connect-ot";

  private final Configuration keys;
  private final MqttConnectionConfig mqtt;

  private MqttSinkConfig(Map<String, String> props) {
    this.keys = Configuration.parse(definition(), props);
    this.mqtt = new MqttConnectionConfig(keys);
  }

  /**
   * Parses a configuration.
   *
   * @throws ConfigException naming the keys that are invalid or contradict each other
   */
  public static MqttSinkConfig of(Map<String, String> props) {
    MqttSinkConfig config = new MqttSinkConfig(props);
    ConfigErrors.throwIfAny(config.problems());
    return config;
  }

  /** Parses a configuration without checking it for {@link #problems}. */
  static MqttSinkConfig unchecked(Map<String, String> props) {
    return new MqttSinkConfig(props);
  }

  /** The keys of the connector, without those of Connect. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    Keys.of(MessageConfig.KEYS, CommandConfig.RESULT_KEYS, MqttConnectionConfig.PUBLISHER_KEYS)
        .addTo(definition);
    ConnectionConfig.KEYS
        .without(ConnectionConfig.QUALITY_ON_DISCONNECT)
        .with(
            ConnectionConfig.VALIDATE_CONNECTION.doc(
                "Whether creating or changing the connector connects to the brokers first, with a"
                    + " client id of its own, and is refused if none accepts it within 5 seconds."
                    + " Set it to false to create a connector before its broker is reachable."))
        .addTo(definition);
    return BufferConfig.KEYS
        .with(
            BufferConfig.MAX_RECORDS.doc(
                "Maximum records a task keeps while the broker is slower than Kafka or"
                    + " unreachable. At this limit the task pauses its partitions. One batch from"
                    + " Kafka may exceed the limit."))
        .addTo(definition);
  }

  /** The connection to the brokers. */
  public MqttConnectionConfig mqtt() {
    return mqtt;
  }

  /** The values of the keys. */
  public Configuration keys() {
    return keys;
  }

  /**
   * The client id of a task.
   *
   * @param connector the name of the connector
   * @param task the number of the task
   */
  public String clientId(String connector, int task) {
    return clientIds(connector).of(task);
  }

  /** The client ids of the tasks. */
  ClientIds clientIds(String connector) {
    return mqtt.clientIds(connector == null || connector.isBlank() ? UNNAMED : connector);
  }

  /** Whether validation connects to the brokers. */
  boolean validateConnection() {
    return keys.get(ConnectionConfig.VALIDATE_CONNECTION);
  }

  /** The contradictions between keys. */
  List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>(mqtt.problems());
    problems.addAll(ConnectionConfig.check(keys));
    problems.addAll(CommandConfig.checkResults(keys));
    if (mqtt.version() == MqttVersion.V3 && keys.isChanged(MessageConfig.EXPIRY)) {
      problems.add(
          new ConfigError(
              MessageConfig.EXPIRY,
              "MQTT 3.1.1 has no message expiry; remove it or set mqtt.version=5"));
    }
    return problems;
  }
}
