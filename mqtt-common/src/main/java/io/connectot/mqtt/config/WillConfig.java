// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code mqtt.will.*} keys. */
final class WillConfig {
  static final Key<Optional<String>> TOPIC =
      Key.optional("mqtt.will.topic", "", "a topic without wildcards", WillConfig::checkedTopic)
          .importance(Importance.LOW)
          .display("Will topic")
          .doc(
              "The topic of the will, which the broker publishes when this client disconnects"
                  + " without DISCONNECT. Empty for no will.");

  static final Key<String> PAYLOAD =
      Key.string("mqtt.will.payload", "")
          .visibleUnless(TOPIC, Optional.empty())
          .importance(Importance.LOW)
          .display("Will payload")
          .width(Width.LONG)
          .doc("The payload of the will, as UTF-8.");

  static final Key<Integer> QOS =
      Key.integer("mqtt.will.qos", 1, 0, 2)
          .visibleUnless(TOPIC, Optional.empty())
          .importance(Importance.LOW)
          .display("Will QoS")
          .doc("The quality of service of the will, 0 to 2.");

  static final Key<Boolean> RETAINED =
      Key.flag("mqtt.will.retained", false)
          .visibleUnless(TOPIC, Optional.empty())
          .importance(Importance.LOW)
          .display("Retain the will")
          .doc("Whether the broker retains the will for later subscribers.");

  static final Key<Duration> DELAY =
      Key.millis("mqtt.will.delay.ms", 0, 0, Duration.ofDays(1))
          .visibleUnless(TOPIC, Optional.empty())
          .dependsOn(MqttConnectionConfig.VERSION)
          .importance(Importance.LOW)
          .display("Will delay (ms)")
          .doc(
              "How long the broker waits for this client to reconnect before it publishes the"
                  + " will, in milliseconds, rounded up to seconds. MQTT 5 only.");

  static final Keys KEYS = Keys.group("MQTT will", TOPIC, PAYLOAD, QOS, RETAINED, DELAY);

  private WillConfig() {}

  static Optional<Will> read(Configuration config) {
    return config
        .getOrDefault(TOPIC)
        .map(
            topic ->
                new Will(
                    topic,
                    config.get(PAYLOAD).getBytes(StandardCharsets.UTF_8),
                    config.get(QOS),
                    config.get(RETAINED),
                    config.get(DELAY)));
  }

  static List<ConfigError> problems(Configuration config) {
    return config.getOrDefault(TOPIC).isEmpty() && !config.getOrDefault(PAYLOAD).isEmpty()
        ? List.of(new ConfigError(TOPIC, "is missing, but " + PAYLOAD + " is set"))
        : List.of();
  }

  private static String checkedTopic(String text) throws LineException {
    MqttConnectionConfig.checkedString(text);
    if (text.indexOf('#') >= 0 || text.indexOf('+') >= 0) {
      throw new LineException("must not contain the wildcards + and #");
    }
    return text;
  }
}
