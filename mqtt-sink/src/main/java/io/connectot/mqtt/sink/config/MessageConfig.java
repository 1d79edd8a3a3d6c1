// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.spi.LineException;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.sink.mapping.FieldPath;
import io.connectot.mqtt.sink.mapping.HeaderPolicy;
import io.connectot.mqtt.sink.mapping.MqttText;
import io.connectot.mqtt.sink.mapping.RecordSetting;
import io.connectot.mqtt.sink.mapping.RecordTemplate;
import io.connectot.mqtt.sink.mapping.TombstonePolicy;
import io.connectot.mqtt.sink.mapping.UnpublishableException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how messages are made of records. */
final class MessageConfig {
  static final String TOPIC = "mqtt.topic";
  static final String QOS = "mqtt.qos";
  static final String RETAIN = "mqtt.retain";
  static final String EXPIRY_MS = "mqtt.message.expiry.ms";
  static final String PAYLOAD_FIELD = "mqtt.payload.field";
  static final String PAYLOAD_MAX_BYTES = "mqtt.payload.max.bytes";
  static final String TOMBSTONE = "mqtt.tombstone";
  static final String HEADERS = "mqtt.headers";

  private static final String GROUP = "MQTT messages";
  private static final int DEFAULT_QOS = 1;

  /** The longest packet of MQTT (MQTT 5.0 §2.1.4). */
  private static final int LONGEST_PACKET = 268_435_455;

  private MessageConfig() {}

  static void addTo(ConfigDef definition) {
    Option.of(TOPIC, ConfigDef.Type.STRING)
        .validator(
            Checks.required("template, e.g. plant/${key}", text -> compile(() -> topic(text))))
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Topic")
        .width(Width.LONG)
        .doc(
            "The MQTT topic of the messages, with the variables ${topic}, ${partition}, ${offset}"
                + " and ${key} of the Kafka record, ${field.<path>} and ${key.<path>} for a field"
                + " of its value or key, as in ${field.machine.id}, and ${header.<name>}. A '/' in"
                + " a value begins a new level; a '+' or '#' is an error of the record.")
        .addTo(definition);
    Option.of(QOS, ConfigDef.Type.STRING)
        .defaultValue("1")
        .validator(setting("0, 1, 2, or a template", MessageConfig::qos))
        .recommender(new Values("0", "1", "2"))
        .group(GROUP)
        .displayName("QoS")
        .width(Width.SHORT)
        .doc(
            "The quality of service: 0, 1 or 2, or a template with the variables of the topic, as"
                + " in ${header.mqtt.qos}; records that lack the variable get 1. With 0 a message"
                + " that the network has counts as delivered.")
        .addTo(definition);
    Option.of(RETAIN, ConfigDef.Type.STRING)
        .defaultValue("false")
        .validator(setting("true, false, or a template", MessageConfig::retain))
        .recommender(new Values("true", "false"))
        .group(GROUP)
        .displayName("Retain")
        .width(Width.SHORT)
        .doc(
            "Whether the broker keeps the message for later subscribers: true or false, or a"
                + " template with the variables of the topic; records that lack the variable are"
                + " not retained.")
        .addTo(definition);
    Option.of(EXPIRY_MS, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(setting("milliseconds, or a template", MessageConfig::expiry))
        .recommender(VisibleWhen.is(MqttConnectionConfig.VERSION.name(), "5"))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Message expiry (ms)")
        .width(Width.SHORT)
        .doc(
            "After what time the broker drops a message that a subscriber did not get, in"
                + " milliseconds, rounded up to seconds, or a template with the variables of the"
                + " topic. Empty or 0 for never, also for records that lack the variable. MQTT 5"
                + " only.")
        .addTo(definition);
    Option.of(PAYLOAD_FIELD, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(
            Checks.optional(
                "the path of a field, e.g. machine.state",
                text -> compile(() -> FieldPath.parse(text.trim()))))
        .group(GROUP)
        .displayName("Payload field")
        .doc(
            "The field of the value that is published alone; empty for the whole value. Text and"
                + " bytes are published as they are, numbers and booleans as text, structures,"
                + " maps and lists as JSON.")
        .addTo(definition);
    Option.of(PAYLOAD_MAX_BYTES, ConfigDef.Type.INT)
        .defaultValue(LONGEST_PACKET)
        .validator(Checks.between(1, LONGEST_PACKET))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Longest payload (bytes)")
        .width(Width.SHORT)
        .doc(
            "The longest payload, in bytes; a longer one is an error of the record. A broker of"
                + " MQTT 5 says itself what it takes; one of MQTT 3.1.1 ends the connection, so"
                + " set its limit here.")
        .addTo(definition);
    Option.choice(TOMBSTONE, TombstonePolicy.class, TombstonePolicy.CLEAR)
        .group(GROUP)
        .displayName("Records without a value")
        .doc(
            "What becomes of a record without a value, or whose payload field is null: clear"
                + " publishes an empty retained message, by which the broker forgets the one it"
                + " keeps for the topic; skip publishes nothing; report makes it an error of the"
                + " record.")
        .addTo(definition);
    Option.choice(HEADERS, HeaderPolicy.class, HeaderPolicy.MQTT)
        .recommender(
            VisibleWhen.is(MqttConnectionConfig.VERSION.name(), "5")
                .offering(Choice.of(HeaderPolicy.class)))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Headers")
        .doc(
            "Which headers become properties of the message: none; mqtt for those that the MQTT"
                + " source writes, that is mqtt.user.<name>, mqtt.content.type,"
                + " mqtt.response.topic and mqtt.correlation.data; all for these and every other"
                + " one as user property, but those that begin with mqtt. MQTT 5 only.")
        .addTo(definition);
  }

  /** A template of a topic whose own text MQTT allows. */
  static RecordTemplate topic(String text) {
    RecordTemplate template = RecordTemplate.compile(text.trim());
    try {
      MqttText.checkTopic("the topic", template.renderWith("x"));
    } catch (UnpublishableException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
    return template;
  }

  static RecordSetting<Integer> qos(String text) {
    return RecordSetting.compile(QOS, text, MessageConfig::parseQos, DEFAULT_QOS);
  }

  private static int parseQos(String text) {
    return switch (text) {
      case "0" -> 0;
      case "1" -> 1;
      case "2" -> 2;
      default -> throw new IllegalArgumentException("must be 0, 1 or 2");
    };
  }

  static RecordSetting<Boolean> retain(String text) {
    return RecordSetting.compile(RETAIN, text, MessageConfig::parseBoolean, false);
  }

  private static boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static RecordSetting<Duration> expiry(String text) {
    return RecordSetting.compile(EXPIRY_MS, text, MessageConfig::parseMillis, Duration.ZERO);
  }

  private static Duration parseMillis(String text) {
    try {
      long millis = Long.parseLong(text);
      if (millis >= 0 && millis <= Duration.ofSeconds(0xFFFF_FFFFL).toMillis()) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("must be whole milliseconds, 0 to 4294967295000");
  }

  private static ConfigDef.Validator setting(String description, Compilation compilation) {
    return Checks.optional(description, text -> compile(() -> compilation.compile(text)));
  }

  private interface Compilation {
    Object compile(String text);
  }

  private static void compile(Runnable compilation) throws LineException {
    try {
      compilation.run();
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  /** Offers values, and lets others pass. */
  private static final class Values implements ConfigDef.Recommender {
    private final List<Object> values;

    Values(Object... values) {
      this.values = List.of(values);
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
      return values;
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
      return true;
    }
  }
}
