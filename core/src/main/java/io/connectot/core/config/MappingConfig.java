// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.mapping.RecordKey;
import io.connectot.core.mapping.RecordLayout;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say where records go and what they look like. */
public final class MappingConfig {
  public static final String TOPIC = "topic";
  public static final String RECORD_LAYOUT = "record.layout";
  public static final String RECORD_KEY = "record.key";
  public static final String UNS_PATH = "uns.path";
  public static final String STATUS_TOPIC = "status.topic";

  private static final String GROUP = "Records";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public MappingConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    return addTo(
        definition,
        "The Kafka topic of the values, with the variables ${device}, ${tag}, ${path} and"
            + " ${protocol}. Characters that a topic name cannot hold become '_'. A row has no"
            + " ${tag}.");
  }

  /**
   * Adds the keys.
   *
   * @param topicDoc what the documentation says about {@link #TOPIC}, for protocols whose topics
   *     know other variables
   */
  public static ConfigDef addTo(ConfigDef definition, String topicDoc) {
    Option.of(TOPIC, ConfigDef.Type.STRING)
        .validator(Checks.required("template, e.g. plant.${device}", text -> {}))
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Topic")
        .width(Width.LONG)
        .doc(topicDoc)
        .addTo(definition);
    Option.choice(RECORD_LAYOUT, RecordLayout.class, RecordLayout.MEASUREMENT)
        .group(GROUP)
        .displayName("Record layout")
        .doc(
            "The shape of a record: 'measurement' is one normalized record a value, the same for"
                + " every protocol; 'value' is the bare value with the rest in headers; 'row' is"
                + " one record a device and scan with a typed field a tag, for polled protocols.")
        .addTo(definition);
    Option.choice(RECORD_KEY, RecordKey.class, RecordKey.PATH)
        .group(GROUP)
        .displayName("Record key")
        .doc(
            "What records are keyed by, and so which of them keep their order and survive"
                + " compaction. A row is keyed by its device where 'path' or 'tag' is asked for.")
        .addTo(definition);
    Option.of(UNS_PATH, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("levels separated by /, e.g. acme/munich", Names::checkPath))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Path in the unified namespace")
        .doc(
            "Where the devices of this connector hang in the unified namespace. The path of a tag"
                + " is <uns.path>/<device>/<tag>.")
        .addTo(definition);
    Option.of(STATUS_TOPIC, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("template, e.g. plant.status", text -> {}))
        .group(GROUP)
        .displayName("Status topic")
        .doc(
            "The Kafka topic that is told when a device comes or goes and when values are missing,"
                + " with the variables ${device}, ${path} and ${protocol}. Without it nothing of"
                + " that is recorded.")
        .addTo(definition);
    return definition;
  }

  /** The template of the topic, as written. */
  public String topic() {
    return config.getString(TOPIC).trim();
  }

  public RecordLayout recordLayout() {
    return Choice.get(config, RECORD_LAYOUT, RecordLayout.class);
  }

  public RecordKey recordKey() {
    return Choice.get(config, RECORD_KEY, RecordKey.class);
  }

  /** Levels separated by slashes; may be empty. */
  public String unsPath() {
    return config.getString(UNS_PATH).trim();
  }

  /** The template of the status topic, as written. */
  public Optional<String> statusTopic() {
    return Optional.ofNullable(config.getString(STATUS_TOPIC))
        .map(String::trim)
        .filter(text -> !text.isEmpty());
  }
}
