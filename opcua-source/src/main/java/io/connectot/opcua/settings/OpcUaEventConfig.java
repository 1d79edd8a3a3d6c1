// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.Driver.EventRecords;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The keys of events and alarms. */
public final class OpcUaEventConfig {
  /** A template; empty for no events. */
  public static final Key<Optional<String>> TOPIC =
      Key.optional(
              "opcua.events.topic",
              null,
              "template, e.g. plant.events",
              OpcUaEventConfig::topicTemplate)
          .display("Topic of events")
          .width(Width.LONG)
          .doc(
              "The Kafka topic of events and alarms, with the variables ${device}, ${path} and"
                  + " ${protocol}. Without it, the connector subscribes to no events. Records of an"
                  + " alarm have the alarm and its branch as key, so that a compacted topic is the"
                  + " list of alarms.");

  static final Key<Boolean> TOMBSTONES =
      Key.flag("opcua.events.tombstones", true)
          .width(Width.MEDIUM)
          .display("Delete settled alarms")
          .doc(
              "Whether a record with retain=false is followed by a tombstone, so that a compacted"
                  + " topic has active alarms only. Set it to false for sinks that do not accept"
                  + " records without a value.");

  public static final Key<List<NodeAddress>> NOTIFIERS =
      nodes("opcua.events.notifiers", "i=2253")
          .importance(Importance.LOW)
          .display("Notifiers")
          .doc(
              "The objects whose events are monitored, separated by commas: node ids or browse"
                  + " paths. The default, the Server object, has all events of most servers.");

  /** Empty for all. */
  public static final Key<List<NodeAddress>> TYPES =
      nodes("opcua.events.types", "")
          .display("Types")
          .doc(
              "The event types, separated by commas; derived types are included. Node ids, browse"
                  + " paths, or standard names such as AlarmConditionType. Empty for all.");

  /** Empty for all. */
  public static final Key<List<NodeAddress>> SOURCES =
      nodes("opcua.events.sources", "")
          .importance(Importance.LOW)
          .display("Sources")
          .doc(
              "The source nodes of events (SourceNode), separated by commas: node ids or browse"
                  + " paths. Empty for all.");

  public static final Key<Integer> SEVERITY_MIN =
      Key.integer("opcua.events.severity.min", 1, 1, 1000)
          .display("Least severity")
          .doc("Minimum severity of events, from 1 (all) to 1000 (the most urgent only).");

  /** Browse paths below the event; empty for those that the types declare. */
  public static final Key<List<String>> FIELDS =
      Key.text(
              "opcua.events.fields",
              "auto",
              "auto, or names such as LimitState/CurrentState",
              OpcUaEventConfig::fields)
          .importance(Importance.LOW)
          .display("Further fields")
          .width(Width.LONG)
          .doc(
              "The fields of events beside those that every record has, separated by commas: browse"
                  + " paths below the event, such as LimitState/CurrentState or"
                  + " nsu=urn:plant;BatchId. 'auto' is the fields that the types of"
                  + " opcua.events.types declare.");

  public static final Key<Boolean> REFRESH =
      Key.flag("opcua.events.condition.refresh", true)
          .width(Width.MEDIUM)
          .importance(Importance.LOW)
          .display("Condition refresh")
          .doc(
              "Whether the connector requests the current state of all alarms after subscribing and"
                  + " when the server asks for a refresh. Such records have refresh=true.");

  public static final Key<Integer> QUEUE =
      Key.integer("opcua.events.queue.size", 10_000, 1, 1_000_000)
          .importance(Importance.LOW)
          .display("Event queue")
          .doc(
              "Maximum events of a notifier in the server's queue between publishes and while the"
                  + " connector is away. A full queue is reported as a gap.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA events",
          TOPIC,
          TOMBSTONES,
          NOTIFIERS,
          TYPES,
          SOURCES,
          SEVERITY_MIN,
          FIELDS,
          REFRESH,
          QUEUE);

  private OpcUaEventConfig() {}

  private static Key<List<NodeAddress>> nodes(String name, String defaultValue) {
    return Key.commaSeparated(
            name,
            defaultValue,
            "node ids, separated by commas",
            text -> NodeAddress.parse(standardName(text)))
        .width(Width.LONG);
  }

  /** Where events become records; empty for no events. */
  public static Optional<EventRecords> records(Configuration config) {
    return config
        .get(TOPIC)
        .map(topic -> new EventRecords(TOPIC.name(), topic, config.get(TOMBSTONES)));
  }

  private static String topicTemplate(String text) throws LineException {
    try {
      TopicNames.compile(text, Vocabulary.DEVICE);
      return text;
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  private static List<String> fields(String text) {
    return text.equals("auto")
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::trim).filter(p -> !p.isEmpty()).toList();
  }

  /** The node id of a standard name; any other text as it is. */
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
}
