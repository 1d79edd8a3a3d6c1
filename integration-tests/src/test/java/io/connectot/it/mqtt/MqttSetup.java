// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations of MQTT connectors, with short timeouts for brokers on the same machine. */
public final class MqttSetup {
  /** The maximum number of messages that a connector of {@link #source} holds per task. */
  static final int WINDOW = 1_000;

  /** The messages that the client library has already read when a task stops reading. */
  static final int MOST_HELD = WINDOW + 100;

  /** The metric with the number of messages that a task holds. */
  static final String UNACKNOWLEDGED = "message-unacknowledged-count";

  private MqttSetup() {}

  /** A source of one task that writes to the Kafka topic {@code name}; without subscriptions. */
  public static Map<String, String> source(String name, String brokers, int version) {
    Map<String, String> config = common(brokers, version);
    config.put("connector.class", "io.connectot.mqtt.MqttSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", name);
    config.put("mqtt.max.unacknowledged.messages", Integer.toString(WINDOW));
    config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    return config;
  }

  /** A source with one task that reads all messages below a publisher's root. */
  public static Map<String, String> source(String name, String brokers, int version, String root) {
    Map<String, String> config = source(name, brokers, version);
    config.put("subscriptions.all", root + "/+ qos=1 format=bytes");
    return config;
  }

  /** A sink with one task that publishes to the MQTT topic. */
  public static Map<String, String> sink(
      String kafkaTopic, String brokers, int version, String topic) {
    Map<String, String> config = common(brokers, version);
    config.put("connector.class", "io.connectot.mqtt.MqttSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", kafkaTopic);
    config.put("mqtt.topic", topic);
    // By default the group waits 45 s for a killed worker.
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1000");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    return config;
  }

  private static Map<String, String> common(String brokers, int version) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("mqtt.brokers", brokers);
    config.put("mqtt.version", Integer.toString(version));
    config.put("mqtt.keep.alive.ms", "3000");
    config.put("mqtt.connect.timeout.ms", "3000");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    return config;
  }
}
