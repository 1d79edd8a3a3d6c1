// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Option;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.address.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The keys that say which events and alarms become records. */
public final class OpcUaEventConfig {
  public static final String TOPIC = "opcua.events.topic";
  public static final String TOMBSTONES = "opcua.events.tombstones";
  public static final String NOTIFIERS = "opcua.events.notifiers";
  public static final String TYPES = "opcua.events.types";
  public static final String SOURCES = "opcua.events.sources";
  public static final String SEVERITY_MIN = "opcua.events.severity.min";
  public static final String FIELDS = "opcua.events.fields";
  public static final String REFRESH = "opcua.events.condition.refresh";
  public static final String QUEUE = "opcua.events.queue.size";

  private static final String GROUP = "OPC UA events";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaEventConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.of(TOPIC, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("template, e.g. plant.events", OpcUaEventConfig::checkTopic))
        .group(GROUP)
        .displayName("Topic of events")
        .width(Width.LONG)
        .doc(
            "The Kafka topic of events and alarms, with the variables ${device}, ${path} and"
                + " ${protocol}. Without it no events are asked for. Records of an alarm are keyed"
                + " by it and its branch, so that a compacted topic is the list of alarms.")
        .addTo(definition);
    Option.of(TOMBSTONES, ConfigDef.Type.BOOLEAN)
        .defaultValue(true)
        .group(GROUP)
        .displayName("Delete settled alarms")
        .doc(
            "Whether the record that says that an alarm concerns nobody any more (retain is false)"
                + " is followed by a tombstone, so that a compacted topic holds active alarms"
                + " only. Set false for sinks that do not take records without a value.")
        .addTo(definition);
    list(NOTIFIERS, "i=2253", "Notifiers")
        .doc(
            "The objects whose events are asked for, separated by commas: node ids or browse"
                + " paths. The default, the Server object, has all events of most servers.")
        .addTo(definition);
    list(TYPES, "", "Types")
        .doc(
            "The types of events, separated by commas; types derived from them are included."
                + " Node ids, browse paths, or names of the standard such as AlarmConditionType."
                + " Empty for all.")
        .addTo(definition);
    list(SOURCES, "", "Sources")
        .doc(
            "The nodes that events are about (SourceNode), separated by commas: node ids or browse"
                + " paths. Empty for all.")
        .addTo(definition);
    Option.of(SEVERITY_MIN, ConfigDef.Type.INT)
        .defaultValue(1)
        .validator(Checks.between(1, 1000))
        .group(GROUP)
        .displayName("Least severity")
        .width(Width.SHORT)
        .doc("The least severity of events, from 1 (all) to 1000 (the most urgent only).")
        .addTo(definition);
    Option.of(FIELDS, ConfigDef.Type.STRING)
        .defaultValue("auto")
        .validator(Checks.required("auto, or names such as LimitState/CurrentState", text -> {}))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Further fields")
        .width(Width.LONG)
        .doc(
            "The fields of events beside those that the record has anyway, separated by commas:"
                + " browse paths below the event, such as LimitState/CurrentState or"
                + " nsu=urn:plant;BatchId. 'auto' is what the types of opcua.events.types declare.")
        .addTo(definition);
    Option.of(REFRESH, ConfigDef.Type.BOOLEAN)
        .defaultValue(true)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Condition refresh")
        .doc(
            "Whether the present state of all alarms is asked for after subscribing and when the"
                + " server wants it. Such records have refresh set to true.")
        .addTo(definition);
    Option.of(QUEUE, ConfigDef.Type.INT)
        .defaultValue(10_000)
        .validator(Checks.between(1, 1_000_000))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Event queue")
        .width(Width.SHORT)
        .doc(
            "How many events the server is to keep of a notifier between publishes and while the"
                + " connector is away. What it cannot keep is reported as a gap.")
        .addTo(definition);
    return definition;
  }

  private static Option list(String key, String defaultValue, String displayName) {
    return Option.of(key, ConfigDef.Type.STRING)
        .defaultValue(defaultValue)
        .validator(Checks.optional("node ids, separated by commas", OpcUaEventConfig::nodes))
        .importance(key.equals(TYPES) ? Importance.MEDIUM : Importance.LOW)
        .group(GROUP)
        .displayName(displayName)
        .width(Width.LONG);
  }

  private static void checkTopic(String text) throws LineException {
    try {
      Template.compile(text.trim(), Vocabulary.DEVICE);
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  /**
   * What the keys say.
   *
   * @throws ConfigException when a key cannot be read
   */
  public EventSettings settings() {
    String fields = config.getString(FIELDS).trim();
    return new EventSettings(
        Optional.ofNullable(config.getString(TOPIC)).map(String::trim).filter(t -> !t.isEmpty()),
        config.getBoolean(TOMBSTONES),
        nodes(NOTIFIERS, config.getString(NOTIFIERS)),
        nodes(TYPES, config.getString(TYPES)),
        nodes(SOURCES, config.getString(SOURCES)),
        config.getInt(SEVERITY_MIN),
        fields.equals("auto") ? List.of() : split(fields),
        config.getBoolean(REFRESH),
        config.getInt(QUEUE));
  }

  private static List<NodeAddress> nodes(String key, String text) {
    try {
      return nodes(text);
    } catch (LineException e) {
      throw new ConfigException(key, text, e.getMessage());
    }
  }

  private static List<NodeAddress> nodes(String text) throws LineException {
    List<NodeAddress> nodes = new ArrayList<>();
    for (String part : split(text)) {
      nodes.add(NodeAddress.parse(standardName(part)));
    }
    return nodes;
  }

  /** A name of the standard as node id; anything else as it is. */
  private static String standardName(String text) {
    if (text.indexOf('=') >= 0 || text.startsWith("/")) {
      return text;
    }
    try {
      return NodeIds.class.getField(text).get(null) instanceof NodeId id
          ? id.toParseableString()
          : text;
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return text;
    }
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.trim());
      }
    }
    return parts;
  }
}
