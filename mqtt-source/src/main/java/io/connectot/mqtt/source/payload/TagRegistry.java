// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.Variables;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices and tags that messages have told of, with the parts of their records that stay the
 * same. Messages decide how many there are, so that it forgets all of them when they become too
 * many; whoever has really so many pays for making them anew. For one thread.
 */
final class TagRegistry {
  /** A few ten megabytes, with the record parts that the mappers keep. */
  static final int MAX_TAGS = 50_000;

  private static final int MAX_SCOPE = 512;

  private final MappingSettings mapping;
  private final RecordMapper mapper;
  private final String endpoint;
  private final boolean topicDecides;
  private final Map<Key, Entry> devices = new HashMap<>();
  private int tags;

  TagRegistry(MappingSettings mapping, String endpoint) {
    this.mapping = mapping;
    this.mapper = RecordMapper.of(mapping, List.of());
    this.endpoint = endpoint;
    this.topicDecides = mapping.topic().variables().stream().anyMatch(TopicVocabulary::isTopics);
  }

  /** A device as the messages of a topic tell of it; of all topics when they decide nothing. */
  private record Key(String scope, String device) {}

  private record TagKey(String name, ValueType type, String unit) {}

  /** A device with its tags. Owned by the registry. */
  final class Entry {
    private final Device<Variables> device;
    private final DeviceMapper records;
    private final Map<TagKey, Point<Variables>> known = new HashMap<>();

    private Entry(Device<Variables> device) {
      this.device = device;
      this.records = mapper.forDevice(device);
    }

    Device<?> device() {
      return device;
    }

    /** Makes its records. */
    DeviceMapper records() {
      return records;
    }

    /**
     * @param unit null for none
     */
    Point<?> point(String name, ValueType type, String unit) {
      TagKey key = new TagKey(name, type, unit);
      Point<Variables> point = known.get(key);
      if (point == null) {
        Tag<Variables> tag =
            new Tag<>(
                name,
                device.settings(),
                type,
                Optional.ofNullable(unit),
                Duration.ZERO,
                ReportPolicy.ALL,
                Scaling.NONE,
                Map.of());
        point = new Point<>(device, tag);
        known.put(key, point);
        tags++;
      }
      return point;
    }
  }

  /** The device of a name; to be asked for anew with every message. */
  Entry device(TopicVariables topic, String name) {
    if (tags + devices.size() > MAX_TAGS) {
      devices.clear();
      tags = 0;
    }
    String scope = topicDecides ? topic.topic() : "";
    if (scope.length() > MAX_SCOPE) {
      return new Entry(newDevice(topic, name));
    }
    return devices.computeIfAbsent(new Key(scope, name), key -> new Entry(newDevice(topic, name)));
  }

  /** How many devices and tags it remembers. */
  int size() {
    return devices.size() + tags;
  }

  private Device<Variables> newDevice(TopicVariables topic, String name) {
    return new Device<>(name, endpoint, topicDecides ? topic : Variables.NONE, Map.of());
  }

  @Override
  public String toString() {
    return "TagRegistry[" + mapping.topic() + "]";
  }
}
