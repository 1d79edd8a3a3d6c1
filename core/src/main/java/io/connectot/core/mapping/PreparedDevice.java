// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * What is the same in all records of one device, and of each of its tags from its first record on.
 * Owned by one {@link DeviceMapper}, for its thread.
 */
final class PreparedDevice {
  /** Variables that are the same for all tags of a device; a protocol's own may be the tag's. */
  private static final Set<String> PER_DEVICE = Set.of("device", "protocol");

  private final MappingSettings settings;
  private final Device<?> device;
  private final String path;
  private final ConnectHeaders headers;
  private final boolean topicPerTag;
  private String deviceTopic;

  PreparedDevice(MappingSettings settings, Device<?> device) {
    this.settings = settings;
    this.device = device;
    this.path = settings.path(device.name());
    this.headers = RecordHeaders.of(device.name(), settings.protocol(device), device.endpoint());
    this.topicPerTag = !PER_DEVICE.containsAll(settings.topic().variables());
  }

  String name() {
    return device.name();
  }

  String path() {
    return path;
  }

  /** Whether the topic differs from tag to tag. */
  boolean hasTopicPerTag() {
    return topicPerTag;
  }

  /** A prototype with the device's headers, to be duplicated. */
  ConnectHeaders headers() {
    return headers;
  }

  /** The schema of record keys; null for none. */
  Schema keySchema() {
    return settings.key() == RecordKey.NONE ? null : Schema.STRING_SCHEMA;
  }

  /** The key of a record of the whole device; null for none. */
  String key() {
    return key(settings, device.name(), path);
  }

  static String key(MappingSettings settings, String device, String path) {
    return switch (settings.key()) {
      case PATH -> path;
      case DEVICE, TAG -> device;
      case NONE -> null;
    };
  }

  /** What all records of a point of this device have in common; kept in the point. */
  PreparedTag of(Point<?> point) {
    if (point.records() instanceof PreparedTag known && known.device() == this) {
      return known;
    }
    PreparedTag prepared = prepare(point.tag());
    point.records(prepared);
    return prepared;
  }

  /**
   * What all records of a tag have in common.
   *
   * @throws DataException when it makes an illegal topic
   */
  PreparedTag prepare(Tag<?> tag) {
    String tagPath = path + "/" + tag.name();
    String key =
        switch (settings.key()) {
          case PATH -> tagPath;
          case DEVICE -> device.name();
          case TAG -> tag.name();
          case NONE -> null;
        };
    return new PreparedTag(
        this,
        tag,
        topicPerTag ? render(tag, tagPath) : topic(),
        key,
        tagPath,
        attributes(tag),
        tag.headers().isEmpty() ? headers : RecordHeaders.withOwn(headers, tag),
        RecordHeaders.ofTag(headers, tag));
  }

  /** The topic of records of the whole device. */
  String topic() {
    if (deviceTopic == null) {
      deviceTopic = render(null, path);
    }
    return deviceTopic;
  }

  private String render(Tag<?> tag, String tagPath) {
    String tagName = tag == null ? null : tag.name();
    Variables values =
        new DeviceVariables(device.name(), tagName, tagPath, settings.protocol(device))
            .or(own(tag == null ? null : tag.address()))
            .or(own(device.settings()));
    try {
      return TopicNames.render(settings.topic(), values);
    } catch (IllegalArgumentException e) {
      String where = "device " + device.name() + (tag == null ? "" : ", tag " + tagName);
      throw new DataException("topic: " + where + ": " + e.getMessage(), e);
    }
  }

  private static Variables own(Object ofProtocol) {
    return ofProtocol instanceof Variables variables ? variables : Variables.NONE;
  }

  private Map<String, String> attributes(Tag<?> tag) {
    if (device.attributes().isEmpty() && tag.attributes().isEmpty()) {
      return null;
    }
    if (device.attributes().isEmpty()) {
      return tag.attributes();
    }
    Map<String, String> all = new HashMap<>(device.attributes());
    all.putAll(tag.attributes());
    return Map.copyOf(all);
  }
}
