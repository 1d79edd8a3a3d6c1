// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that map records to messages. */
public final class MessageConfig {
  /** The longest packet of MQTT (MQTT 5.0 §2.1.4). */
  private static final int MAX_PACKET = 268_435_455;

  public static final Key<RecordTemplate> TOPIC =
      Key.text("mqtt.topic", "", "template, e.g. plant/${key}", MessageConfig::topic)
          .required()
          .importance(Importance.HIGH)
          .display("Topic")
          .width(Width.LONG)
          .doc(
              "The MQTT topic of the messages, with the variables ${topic}, ${partition}, ${offset}"
                  + " and ${key} of the Kafka record, ${field.<path>} and ${key.<path>} for a field"
                  + " of its value or key, as in ${field.machine.id}, and ${header.<name>}. A '/'"
                  + " in a value begins a new level; a '+' or '#' is an error of the record.");

  public static final Key<Optional<String>> TOPIC_SEPARATOR =
      Key.optional("mqtt.topic.separator", "", "text, e.g. .", text -> text)
          .importance(Importance.LOW)
          .display("Separator of levels in Kafka topics")
          .width(Width.SHORT)
          .doc(
              "What becomes a '/' in ${topic} of mqtt.topic: with a dot, the records of the Kafka"
                  + " topic plant.press1 are published to plant/press1. Empty for nothing.");

  public static final Key<RecordSetting<Integer>> QOS =
      setting("mqtt.qos", "1", "0, 1, 2, or a template", 1, MessageConfig::parseQos)
          .recommending("0", "1", "2")
          .display("QoS")
          .doc(
              "The quality of service: 0, 1 or 2, or a template with the variables of the topic, as"
                  + " in ${header.mqtt.qos}; records without the variable get 1. With QoS 0 a"
                  + " message counts as delivered when it is written to the network.");

  public static final Key<RecordSetting<Boolean>> RETAIN =
      setting(
              "mqtt.retain",
              "false",
              "true, false, or a template",
              false,
              MessageConfig::parseBoolean)
          .recommending("true", "false")
          .display("Retain")
          .doc(
              "Whether the broker retains the message for later subscribers: true or false, or a"
                  + " template with the variables of the topic; messages of records without the"
                  + " variable are not retained.");

  public static final Key<RecordSetting<Duration>> EXPIRY =
      setting(
              "mqtt.message.expiry.ms",
              "",
              "milliseconds, or a template",
              Duration.ZERO,
              MessageConfig::parseMillis)
          .visibleWhen(MqttConnectionConfig.VERSION, MqttVersion.V5)
          .importance(Importance.LOW)
          .display("Message expiry (ms)")
          .doc(
              "The time after which the broker drops an undelivered message, in milliseconds,"
                  + " rounded up to seconds, or a template with the variables of the topic. Empty"
                  + " or 0 for never, also for records without the variable. MQTT 5 only.");

  public static final Key<Optional<FieldPath>> PAYLOAD_FIELD =
      Key.optional(
              "mqtt.payload.field", "", "the path of a field, e.g. machine.state", FieldPath::parse)
          .display("Payload field")
          .doc(
              "The field of the value that is published alone; empty for the whole value. Text and"
                  + " bytes are published as they are, numbers and booleans as text, structures,"
                  + " maps and lists as JSON.");

  public static final Key<Integer> PAYLOAD_MAX_BYTES =
      Key.integer("mqtt.payload.max.bytes", MAX_PACKET, 1, MAX_PACKET)
          .importance(Importance.LOW)
          .display("Longest payload (bytes)")
          .doc(
              "The maximum payload, in bytes; a longer one is an error of the record. An MQTT 5"
                  + " broker announces its limit; an MQTT 3.1.1 broker ends the connection, so set"
                  + " its limit here.");

  public static final Key<TombstonePolicy> TOMBSTONE =
      Key.choice("mqtt.tombstone", TombstonePolicy.class, TombstonePolicy.CLEAR)
          .display("Records without a value")
          .doc(
              "The handling of a record without a value, or whose payload field is null: clear"
                  + " publishes an empty retained message, which deletes the topic's retained"
                  + " message; skip publishes nothing; report makes it an error of the record.");

  public static final Key<HeaderPolicy> HEADERS =
      Key.choice("mqtt.headers", HeaderPolicy.class, HeaderPolicy.MQTT)
          .visibleWhen(MqttConnectionConfig.VERSION, MqttVersion.V5)
          .importance(Importance.LOW)
          .display("Headers")
          .doc(
              "Which headers become properties of the message: none; mqtt for those that the MQTT"
                  + " source writes: mqtt.user.<name>, mqtt.content.type, mqtt.response.topic and"
                  + " mqtt.correlation.data; all for these and every other header as user property,"
                  + " except those whose names begin with mqtt. MQTT 5 only.");

  /** All; some depend on keys of {@link MqttConnectionConfig}. */
  public static final Keys KEYS =
      Keys.group(
          "MQTT messages",
          TOPIC,
          TOPIC_SEPARATOR,
          QOS,
          RETAIN,
          EXPIRY,
          PAYLOAD_FIELD,
          PAYLOAD_MAX_BYTES,
          TOMBSTONE,
          HEADERS);

  private MessageConfig() {}

  private static <T> Key<RecordSetting<T>> setting(
      String name, String defaultValue, String allowed, T fallback, Key.Parser<String, T> parser) {
    return Key.string(name, defaultValue)
        .parsedBy(allowed, text -> RecordSetting.parse(name, text, fallback, parser))
        .width(Width.SHORT);
  }

  /** A template of a topic whose literal text MQTT allows. */
  private static RecordTemplate topic(String text) throws LineException {
    RecordTemplate template = RecordTemplate.parse(text);
    try {
      MqttText.checkTopic("the topic", template.renderWith("x"));
    } catch (UnwritableRecordException e) {
      throw new LineException(e.getMessage());
    }
    return template;
  }

  private static int parseQos(String text) throws LineException {
    return switch (text) {
      case "0" -> 0;
      case "1" -> 1;
      case "2" -> 2;
      default -> throw new LineException("must be 0, 1 or 2");
    };
  }

  private static boolean parseBoolean(String text) throws LineException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new LineException("must be true or false");
    };
  }

  private static Duration parseMillis(String text) throws LineException {
    try {
      long millis = Long.parseLong(text);
      if (millis >= 0 && millis <= Duration.ofSeconds(0xFFFF_FFFFL).toMillis()) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new LineException("must be whole milliseconds, 0 to 4294967295000");
  }
}
