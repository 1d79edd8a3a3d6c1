// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import io.connectot.core.config.BufferConfig;
import io.connectot.core.config.Choice;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.ConnectionConfig;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.sink.mapping.HeaderPolicy;
import io.connectot.mqtt.sink.mapping.MessageSettings;
import io.connectot.mqtt.sink.mapping.RecordTemplate;
import io.connectot.mqtt.sink.mapping.TombstonePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of an MQTT sink. */
public final class MqttSinkConfig extends AbstractConfig {
  /** What a connection test and a log call a connector without a name. */
  private static final String UNNAMED = "connect-ot";

  private final MqttConnectionConfig mqtt;
  private final Configuration keys;

  private MqttSinkConfig(Map<String, String> props) {
    super(definition(), props, false);
    this.mqtt = new MqttConnectionConfig(this);
    this.keys = new Configuration(this);
  }

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong or keys contradict each other, naming them
   */
  public static MqttSinkConfig of(Map<String, String> props) {
    MqttSinkConfig config = new MqttSinkConfig(props);
    ConfigErrors.throwIfAny(config.problems());
    return config;
  }

  /** Reads a configuration without looking for contradictions: those are {@link #problems}. */
  static MqttSinkConfig unchecked(Map<String, String> props) {
    return new MqttSinkConfig(props);
  }

  /** All keys of the connector but those of Connect itself. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    MessageConfig.addTo(definition);
    MqttConnectionConfig.addPublisherTo(definition, MessageConfig.EXPIRY_MS, MessageConfig.HEADERS);
    ConnectionConfig.KEYS
        .without(ConnectionConfig.QUALITY_ON_DISCONNECT)
        .with(
            ConnectionConfig.VALIDATE_CONNECTION.doc(
                "Whether creating or changing the connector connects to the brokers first, with a"
                    + " client id of its own, and is refused when none answers within 5 seconds."
                    + " Set it to false to create a connector before its broker is there."))
        .addTo(definition);
    return BufferConfig.KEYS
        .with(
            BufferConfig.MAX_RECORDS.doc(
                "The most records a task keeps while the broker is slower than Kafka, or away. Then"
                    + " the task takes no more from Kafka until the broker has some. A batch from"
                    + " Kafka that goes beyond passes as a whole."))
        .addTo(definition);
  }

  /** Where the brokers are and how to connect. */
  public MqttConnectionConfig mqtt() {
    return mqtt;
  }

  /** How messages are made of records. */
  public MessageSettings messages() {
    String field = getString(MessageConfig.PAYLOAD_FIELD).trim();
    return new MessageSettings(
        RecordTemplate.compile(getString(MessageConfig.TOPIC).trim()),
        MessageConfig.qos(getString(MessageConfig.QOS)),
        MessageConfig.retain(getString(MessageConfig.RETAIN)),
        MessageConfig.expiry(getString(MessageConfig.EXPIRY_MS)),
        Optional.of(field).filter(text -> !text.isEmpty()),
        Choice.get(this, MessageConfig.TOMBSTONE, TombstonePolicy.class),
        Choice.get(this, MessageConfig.HEADERS, HeaderPolicy.class),
        getInt(MessageConfig.PAYLOAD_MAX_BYTES),
        mqtt.version() == MqttVersion.V5);
  }

  /**
   * The client id of a task.
   *
   * @param connector the connector's name
   * @param task the task's number
   */
  public String clientId(String connector, int task) {
    return baseClientId(connector) + "-" + task;
  }

  /** The client id without what tells tasks apart. */
  String baseClientId(String connector) {
    return mqtt.clientId().orElse(connector == null || connector.isBlank() ? UNNAMED : connector);
  }

  /** The first pause before another attempt. */
  public Duration reconnectBackoff() {
    return keys.get(ConnectionConfig.RECONNECT_BACKOFF);
  }

  /** The longest pause, not shorter than the first. */
  public Duration reconnectBackoffMax() {
    return keys.get(ConnectionConfig.RECONNECT_BACKOFF_MAX);
  }

  /** Whether {@code validate()} connects. */
  boolean validateConnection() {
    return keys.get(ConnectionConfig.VALIDATE_CONNECTION);
  }

  /** From how many pending records on no more are taken. */
  public int bufferMaxRecords() {
    return keys.get(BufferConfig.MAX_RECORDS);
  }

  /** From how many bytes of pending records on no more are taken. */
  public long bufferMaxBytes() {
    return keys.get(BufferConfig.MAX_BYTES);
  }

  /** What the keys contradict each other in. */
  List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>(mqtt.problems());
    problems.addAll(ConnectionConfig.check(keys));
    boolean expires = !getString(MessageConfig.EXPIRY_MS).isBlank();
    if (mqtt.version() == MqttVersion.V3 && expires) {
      problems.add(
          new ConfigError(
              MessageConfig.EXPIRY_MS,
              "MQTT 3.1.1 has no message expiry; remove it or set mqtt.version=5"));
    }
    return problems;
  }
}
