// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.sparkplug;

import io.connectot.it.fixture.RecordReader.Received;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Configurations of Sparkplug sources, and what their records are. */
final class SparkplugSetup {
  static final Duration LIMIT = Duration.ofMinutes(2);
  static final String HOST = "kafka";
  static final String GROUP = "shop";
  static final String NODE = "press1";

  /** The device of a Tahu edge node. */
  static final String DEVICE = GROUP + "/" + NODE + "/meter";

  private SparkplugSetup() {}

  /** A source that writes to the Kafka topics {@code name}, {@code .status} and {@code .gaps}. */
  static Map<String, String> source(String name, String broker, String role) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.sparkplug.SparkplugSourceConnector");
    config.put("tasks.max", "1");
    config.put("mqtt.brokers", broker);
    config.put("sparkplug.host.id", HOST);
    config.put("sparkplug.role", role);
    config.put("sparkplug.groups", GROUP);
    config.put("topic", name);
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    return config;
  }

  /** Values of a counter of the Tahu edge node, in a Kafka topic. */
  static Predicate<Received> counter(String topic, String tag) {
    return record ->
        record.topic().equals(topic)
            && record.text("device").equals(DEVICE)
            && record.text("tag").equals(tag)
            && record.json().path("value_long").isNumber();
  }

  static long value(Received record) {
    return record.json().path("value_long").asLong();
  }
}
