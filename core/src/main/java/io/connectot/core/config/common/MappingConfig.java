// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.NameRules;
import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.line.LineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say where records go and what they look like. */
public final class MappingConfig {
  /** The template as written: its variables depend on the protocol and on the layout. */
  public static final Key<String> TOPIC =
      Key.text("topic", null, "template, e.g. plant.${device}", text -> text)
          .required()
          .importance(Importance.HIGH)
          .display("Topic")
          .width(Width.LONG)
          .doc(
              "Kafka topic of the values, with the variables ${device}, ${tag}, ${path} and"
                  + " ${protocol}. Characters of their values that a topic name cannot have become"
                  + " '_'. A row has no ${tag}.");

  public static final Key<RecordLayout> RECORD_LAYOUT =
      Key.choice("record.layout", RecordLayout.class, RecordLayout.MEASUREMENT)
          .display("Record layout")
          .doc(
              "Shape of a record: 'measurement' is one normalized record per value, the same for"
                  + " every protocol; 'value' is the bare value with the rest in headers; 'row' is"
                  + " one record per device and scan with a typed column per tag, for polled"
                  + " protocols. In 'value' and 'row' a tag has one type: a value of another type"
                  + " is BAD and left out, and a tag of unknown type is text.");

  public static final Key<RecordKey> RECORD_KEY =
      Key.choice("record.key", RecordKey.class, RecordKey.PATH)
          .display("Record key")
          .doc(
              "Key of the records. Records with the same key keep their order, and compaction keeps"
                  + " the last of them. A row is keyed by its device if 'path' or 'tag' is set.");

  /** Levels separated by slashes; may be empty. */
  public static final Key<String> UNS_PATH =
      Key.optional("uns.path", "", "levels separated by /, e.g. acme/munich", NameRules::checkPath)
          .as(path -> path.orElse(""))
          .importance(Importance.LOW)
          .display("Path in the unified namespace")
          .doc(
              "Path of this connector's devices in the unified namespace. The path of a tag is"
                  + " <uns.path>/<device>/<tag>.");

  public static final Key<Optional<NameTemplate>> STATUS_TOPIC =
      Key.optional("status.topic", null, "template, e.g. plant.status", MappingConfig::deviceTopic)
          .display("Status topic")
          .doc(
              "Kafka topic of the states of the devices, with the variables ${device}, ${path} and"
                  + " ${protocol}. Keyed by the path of the device, so that it can be compacted."
                  + " Without it, states are only logged.");

  public static final Key<Duration> STATUS_HEARTBEAT =
      Key.millis("status.heartbeat.ms", 60_000, 1000, Duration.ofDays(1))
          .display("Status heartbeat (ms)")
          .doc(
              "Interval at which the present state of every device is written to status.topic"
                  + " again, in milliseconds. A status is valid for two intervals: when"
                  + " 'valid_until' has passed without another, the connector is gone and the"
                  + " state of the device is unknown.");

  public static final Key<Optional<NameTemplate>> GAP_TOPIC =
      Key.optional("gap.topic", null, "template, e.g. plant.gaps", MappingConfig::deviceTopic)
          .display("Gap topic")
          .doc(
              "Kafka topic of gaps, the spans of time whose values are missing, with the variables"
                  + " ${device}, ${path} and ${protocol}. Without it, gaps are only logged and"
                  + " counted.");

  public static final Key<AttributesForm> RECORD_ATTRIBUTES =
      Key.choice("record.attributes", AttributesForm.class, RecordForm.DEFAULT.attributes())
          .importance(Importance.LOW)
          .display("Attributes in records")
          .doc(
              "How records carry the attributes of devices and tags: 'json' as the text of a JSON"
                  + " object, which every sink and transformation takes; 'map' as a map; 'headers'"
                  + " as a header ot.attributes.<name> for each; 'none' not at all. In the layout"
                  + " 'value', 'json' and 'map' are a header ot.attributes in JSON.");

  public static final Key<HeadersForm> RECORD_HEADERS =
      Key.choice("record.headers", HeadersForm.class, RecordForm.DEFAULT.headers())
          .importance(Importance.LOW)
          .display("Headers of records")
          .doc(
              "Which headers records have: 'ot' for what the record is about (ot.path, ot.device,"
                  + " ot.tag, ot.protocol, ot.connector, ot.endpoint) and those of the protocol;"
                  + " 'none' for ot.record only, which every record has: measurement, status, gap"
                  + " or event.");

  public static final Key<Duration> TIMESTAMP_MAX_AGE =
      Key.millis(
              "record.timestamp.max.age.ms",
              RecordForm.DEFAULT.timestampMaxAge().toMillis(),
              0,
              Duration.ofDays(36_500))
          .importance(Importance.LOW)
          .display("Largest age of timestamps (ms)")
          .doc(
              "How many milliseconds a value may be older than its receipt for its time"
                  + " (event_time) to become the Kafka timestamp of the record. The timestamp of an"
                  + " older value, and of one from more than 5 minutes ahead, is the time of"
                  + " receipt (ingest_time): Kafka deletes records by their timestamp, so a device"
                  + " whose clock is wrong would lose them.");

  public static final Keys KEYS =
      Keys.group(
          "Records",
          TOPIC,
          RECORD_LAYOUT,
          RECORD_KEY,
          UNS_PATH,
          RECORD_ATTRIBUTES,
          RECORD_HEADERS,
          TIMESTAMP_MAX_AGE,
          STATUS_TOPIC,
          STATUS_HEARTBEAT,
          GAP_TOPIC);

  private MappingConfig() {}

  /** Where statuses and gaps go. */
  public static EventTopics eventTopics(Configuration config) {
    return new EventTopics(
        config.get(STATUS_TOPIC), config.get(GAP_TOPIC), config.get(STATUS_HEARTBEAT));
  }

  /** Where the records of a connector come from. */
  public static RecordOrigin origin(Configuration keys, String protocol) {
    return new RecordOrigin(keys.get(UNS_PATH), protocol, keys.connectorName().orElse("unnamed"));
  }

  /** The form of records that is the same in every layout. */
  public static RecordForm form(Configuration keys) {
    return new RecordForm(
        keys.get(RECORD_ATTRIBUTES), keys.get(RECORD_HEADERS), keys.get(TIMESTAMP_MAX_AGE));
  }

  /** The contradictions between the keys. */
  public static List<ConfigError> check(Configuration keys) {
    List<ConfigError> errors = new ArrayList<>();
    if (keys.get(RECORD_HEADERS) == HeadersForm.NONE) {
      if (keys.get(RECORD_LAYOUT) == RecordLayout.VALUE) {
        errors.add(
            new ConfigError(
                RECORD_HEADERS,
                "none loses tag, time and quality in record.layout=value, which has them in"
                    + " headers; use ot, or record.layout=measurement"));
      }
      if (keys.get(RECORD_ATTRIBUTES) == AttributesForm.HEADERS) {
        errors.add(
            new ConfigError(
                RECORD_HEADERS,
                "none loses the attributes with record.attributes=headers; use ot, or"
                    + " record.attributes=json"));
      }
    }
    return errors;
  }

  private static NameTemplate deviceTopic(String text) throws LineException {
    try {
      return TopicNames.compile(text, Vocabulary.DEVICE);
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }
}
