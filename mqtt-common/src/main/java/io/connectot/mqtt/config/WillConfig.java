// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.spi.LineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code mqtt.will.*} keys. */
final class WillConfig {
  static final String TOPIC = "mqtt.will.topic";
  static final String PAYLOAD = "mqtt.will.payload";
  static final String QOS = "mqtt.will.qos";
  static final String RETAINED = "mqtt.will.retained";
  static final String DELAY_MS = "mqtt.will.delay.ms";

  private static final String GROUP = "MQTT will";

  private WillConfig() {}

  static void addTo(ConfigDef definition) {
    Option.of(TOPIC, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("a topic without wildcards", WillConfig::checkTopic))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Will topic")
        .dependents(PAYLOAD, QOS, RETAINED, DELAY_MS)
        .doc(
            "Where the broker publishes the will when it loses this client without a farewell."
                + " Empty for no will.")
        .addTo(definition);
    Option.of(PAYLOAD, ConfigDef.Type.STRING)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Will payload")
        .width(Width.LONG)
        .recommender(VisibleWhen.isNot(TOPIC, ""))
        .doc("What the will says, as UTF-8.")
        .addTo(definition);
    Option.of(QOS, ConfigDef.Type.INT)
        .defaultValue(1)
        .validator(Checks.between(0, 2))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Will QoS")
        .width(Width.SHORT)
        .recommender(VisibleWhen.isNot(TOPIC, ""))
        .doc("The quality of service of the will, 0 to 2.")
        .addTo(definition);
    Option.of(RETAINED, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Retain the will")
        .width(Width.SHORT)
        .recommender(VisibleWhen.isNot(TOPIC, ""))
        .doc("Whether the broker retains the will for later subscribers.")
        .addTo(definition);
    MqttConnectionConfig.millis(DELAY_MS, 0, 0, Duration.ofDays(1), "Will delay (ms)")
        .group(GROUP)
        .recommender(VisibleWhen.isNot(TOPIC, ""))
        .doc(
            "How long the broker waits for this client to come back before it publishes the will,"
                + " in milliseconds, rounded up to seconds. MQTT 5 only.")
        .addTo(definition);
  }

  static Optional<Will> read(AbstractConfig config) {
    String topic = config.getString(TOPIC).trim();
    if (topic.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Will(
            topic,
            config.getString(PAYLOAD).getBytes(StandardCharsets.UTF_8),
            config.getInt(QOS),
            config.getBoolean(RETAINED),
            Duration.ofMillis(config.getLong(DELAY_MS))));
  }

  static List<ConfigError> problems(AbstractConfig config) {
    if (config.getString(TOPIC).isBlank() && !config.getString(PAYLOAD).isEmpty()) {
      return List.of(new ConfigError(TOPIC, "is missing, but there is a " + PAYLOAD));
    }
    return List.of();
  }

  private static void checkTopic(String text) throws LineException {
    MqttConnectionConfig.checkString(text);
    if (text.indexOf('#') >= 0 || text.indexOf('+') >= 0) {
      throw new LineException("must not hold the wildcards + and #");
    }
  }
}
