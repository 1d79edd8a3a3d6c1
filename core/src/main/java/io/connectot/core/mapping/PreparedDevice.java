// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.Attributes;
import io.connectot.core.mapping.record.DeviceVariables;
import io.connectot.core.mapping.record.RecordHeaders;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.record.SharedHeaders;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
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
  private final RecordIdentity identity;
  private final RecordHeaders headers;
  private final boolean topicPerTag;
  private String deviceTopic;

  PreparedDevice(MappingSettings settings, Device<?> device) {
    this.settings = settings;
    this.device = device;
    this.identity = RecordIdentity.of(settings, device);
    this.headers = new RecordHeaders(settings.form());
    this.topicPerTag = !PER_DEVICE.containsAll(settings.topic().variables());
  }

  RecordIdentity identity() {
    return identity;
  }

  /** Whether the topic differs from tag to tag. */
  boolean hasTopicPerTag() {
    return topicPerTag;
  }

  /** A prototype of the headers of records of the whole device, to be shared. */
  SharedHeaders headers() {
    ConnectHeaders prototype = headers.of(RecordKind.MEASUREMENT, identity, device.endpoint());
    headers.addAttributes(prototype, Attributes.of(device.attributes()));
    return SharedHeaders.copyOf(prototype);
  }

  /** The column of the device's attributes; null if it is empty. */
  Object attributes() {
    return Attributes.of(device.attributes()).column(settings.form().attributes());
  }

  /** The schema of record keys; null for none. */
  Schema keySchema() {
    return settings.key() == RecordKey.NONE ? null : Schema.STRING_SCHEMA;
  }

  /** The key of a record of the whole device; null for none. */
  String key() {
    return identity.key(settings.key());
  }

  /** What all records of a point of this device have in common; kept in the point. */
  PreparedTag of(Point<?> point) {
    if (point.records() instanceof PreparedTag known && known.device() == this) {
      return known;
    }
    PreparedTag prepared = prepare(point.tag());
    if (point.first() != point) {
      prepared.follow(of(point.first()));
    }
    point.records(prepared);
    return prepared;
  }

  /**
   * What all records of a tag have in common.
   *
   * @throws DataException when it makes an illegal topic
   */
  PreparedTag prepare(Tag<?> tag) {
    RecordIdentity ofTag = identity.ofTag(tag.name());
    Attributes attributes = Attributes.of(device.attributes(), tag.attributes());
    return new PreparedTag(
        this,
        tag,
        ofTag,
        topicPerTag ? render(tag, ofTag.path()) : topic(),
        ofTag.key(settings.key()),
        attributes.column(settings.form().attributes()),
        headers(tag, ofTag, attributes));
  }

  private SharedHeaders headers(Tag<?> tag, RecordIdentity ofTag, Attributes attributes) {
    ConnectHeaders prototype = headers.of(RecordKind.MEASUREMENT, ofTag, device.endpoint());
    headers.addOwn(prototype, tag);
    headers.addAttributes(prototype, attributes);
    if (settings.layout() == RecordLayout.VALUE) {
      headers.addConstantColumns(prototype, tag, attributes);
    }
    return SharedHeaders.copyOf(prototype);
  }

  /** The topic of records of the whole device. */
  String topic() {
    if (deviceTopic == null) {
      deviceTopic = render(null, identity.path());
    }
    return deviceTopic;
  }

  private String render(Tag<?> tag, String path) {
    String tagName = tag == null ? null : tag.name();
    Variables values =
        new DeviceVariables(device.name(), tagName, path, settings.protocol(device))
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
}
