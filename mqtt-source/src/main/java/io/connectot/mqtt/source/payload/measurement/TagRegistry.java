// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.mapping.TopicProblems;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.OwnMapping;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.LevelSeparator;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices and tags found in the messages of one subscription. Cleared when it exceeds {@link
 * #MAX_TAGS}; entries are rebuilt on demand. For one thread.
 */
final class TagRegistry {
  /** Some ten megabytes, including the record parts kept in the points. */
  static final int MAX_TAGS = 50_000;

  private static final int MAX_SCOPE = 512;

  private final MappingSettings mapping;
  private final ReportPolicy report;
  private final LevelSeparator separator;
  private final String endpoint;
  private final boolean topicDecides;
  private final Map<Key, Entry> devices = new HashMap<>();
  private int tags;

  /**
   * @param mapping the layout of the records
   * @param report which values become records
   * @param separator stands for slashes in Kafka topics
   */
  TagRegistry(
      MappingSettings mapping, ReportPolicy report, LevelSeparator separator, String endpoint) {
    this.mapping = mapping;
    this.report = report;
    this.separator = separator;
    this.endpoint = endpoint;
    this.topicDecides = mapping.topic().variables().stream().anyMatch(TopicVocabulary::isTopics);
  }

  /** A device, per MQTT topic and fields of the payload if the Kafka topic depends on them. */
  private record Key(String scope, String device, Map<String, String> fields) {}

  private record TagKey(String prefix, String name, ValueType type, String unit) {}

  /** The subscription of a device. Identity, as hashing the mapping would be slow. */
  private static final class SubscriptionVariables implements OwnMapping, Variables {
    private final MappingSettings mapping;
    private final Variables topic;

    SubscriptionVariables(MappingSettings mapping, Variables topic) {
      this.mapping = mapping;
      this.topic = topic;
    }

    @Override
    public MappingSettings mapping() {
      return mapping;
    }

    @Override
    public String value(String name) {
      return topic.value(name);
    }
  }

  /** A device with its tags. Owned by the registry. */
  final class Entry {
    private final Device<Variables> device;
    private final Map<TagKey, Point<Variables>> points = new HashMap<>();

    /** The first point of each tag, which has the history of values. */
    private final Map<String, Point<Variables>> firstPoints = new HashMap<>();

    private Entry(Device<Variables> device) {
      this.device = device;
    }

    /** The unified-namespace path of a tag. */
    private String path(String tag) {
      String uns = mapping.origin().unsPath();
      return (uns.isEmpty() ? "" : uns + "/") + device.name() + "/" + tag;
    }

    /**
     * The point of a tag.
     *
     * @param prefix of the tag's name; empty for none
     * @param unit null for none
     * @throws PayloadException when the Kafka topic of the tag is not legal
     */
    Point<?> point(String prefix, String name, ValueType type, String unit)
        throws PayloadException {
      TagKey key = new TagKey(prefix, name, type, unit);
      Point<Variables> point = points.get(key);
      if (point == null) {
        String fullName = prefix + name;
        Tag<Variables> tag =
            new Tag<>(
                fullName,
                separator.ofRecord(device.name(), fullName, path(fullName)),
                type,
                Optional.ofNullable(unit),
                Duration.ZERO,
                report,
                Scaling.NONE,
                Map.of());
        Optional<String> problem = TopicProblems.find(mapping, device, List.of(tag));
        if (problem.isPresent()) {
          throw new PayloadException(problem.get());
        }
        point = new Point<>(device, tag, firstPoints.get(fullName));
        firstPoints.putIfAbsent(fullName, point);
        points.put(key, point);
        tags++;
      }
      return point;
    }
  }

  /**
   * The device of a name; not to be kept beyond a message.
   *
   * @param fields of the payload that the Kafka topic depends on, by variable
   */
  Entry device(TopicVariables topic, String name, Map<String, String> fields) {
    if (tags + devices.size() > MAX_TAGS) {
      devices.clear();
      tags = 0;
    }
    String scope = topicDecides ? topic.topic() : "";
    if (scope.length() > MAX_SCOPE) {
      return new Entry(newDevice(topic, name, fields));
    }
    Key key = new Key(scope, name, fields);
    Entry known = devices.get(key);
    if (known == null) {
      known = new Entry(newDevice(topic, name, fields));
      devices.put(key, known);
    }
    return known;
  }

  /** Number of devices and points. */
  int size() {
    return devices.size() + tags;
  }

  private Device<Variables> newDevice(
      TopicVariables topic, String name, Map<String, String> fields) {
    Variables ofTopic = topicDecides ? topic : Variables.NONE;
    Variables variables =
        separator
            .of(fields.isEmpty() ? ofTopic : ofTopic.or(fields::get))
            .or(separator.ofRecord(name, null, null));
    return new Device<>(name, endpoint, new SubscriptionVariables(mapping, variables), Map.of());
  }

  @Override
  public String toString() {
    return "TagRegistry[" + mapping.topic() + "]";
  }
}
