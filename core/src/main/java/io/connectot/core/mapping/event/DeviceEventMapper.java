// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.Attributes;
import io.connectot.core.mapping.record.DeviceVariables;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordHeaders;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * Maps events of devices to records of their own topic. Thread-safe.
 *
 * <p>An event of an alarm is keyed by the device's path, the alarm and its branch, any other by the
 * device's path and what it is about, whatever {@code record.key} says: a compacted topic then
 * keeps the last state of each alarm, and with tombstones only of those that are still of interest.
 */
public final class DeviceEventMapper {
  private static final int SIZE = 1_200;
  private static final int FIELD_SIZE = 150;
  private static final int TOMBSTONE_SIZE = 300;

  private final MappingSettings settings;
  private final NameTemplate topic;
  private final boolean tombstones;
  private final RecordTime time;
  private final EventLimit limit;

  /**
   * A mapper with the default limit.
   *
   * @param settings how the connector shapes its records
   * @param topic over {@link Vocabulary#DEVICE}
   * @param tombstones whether the last event of an alarm is followed by a record without a value,
   *     which deletes it
   */
  public DeviceEventMapper(MappingSettings settings, NameTemplate topic, boolean tombstones) {
    this(settings, topic, tombstones, RecordLimit.DEFAULT);
  }

  /**
   * @param settings how the connector shapes its records
   * @param topic over {@link Vocabulary#DEVICE}
   * @param tombstones whether the last event of an alarm is followed by a record without a value,
   *     which deletes it
   * @param limit the most that a record takes
   */
  public DeviceEventMapper(
      MappingSettings settings, NameTemplate topic, boolean tombstones, RecordLimit limit) {
    this.settings = settings;
    this.topic = topic;
    this.tombstones = tombstones;
    this.time = new RecordTime(settings.form().timestampMaxAge());
    this.limit = new EventLimit(limit);
  }

  /** Makes the record of an event, and the tombstone that may follow it. */
  public void map(DeviceEvent event, RecordSink sink) {
    RecordIdentity identity = RecordIdentity.of(settings, event.device());
    String to = TopicNames.render(topic, DeviceVariables.of(identity));
    String key = key(event, identity.path());
    ConnectHeaders headers = headers(event, identity);
    long timestamp =
        time.kafkaTimestamp(
            RecordTime.millis(event.timestampNanos()), RecordTime.millis(event.receivedNanos()));
    Struct value = DeviceEventSchema.of(limit.fit(event), identity, settings.form().attributes());
    int size = SIZE + FIELD_SIZE * event.fields().size();
    sink.accept(
        new PreparedRecord(
            to, Schema.STRING_SCHEMA, key, value.schema(), value, timestamp, headers, size));
    if (tombstones && event.condition().isPresent() && !event.condition().get().retain()) {
      sink.accept(
          new PreparedRecord(
              to,
              Schema.STRING_SCHEMA,
              key,
              null,
              null,
              timestamp,
              headers.duplicate(),
              TOMBSTONE_SIZE));
    }
  }

  private ConnectHeaders headers(DeviceEvent event, RecordIdentity identity) {
    RecordHeaders headers = new RecordHeaders(settings.form());
    ConnectHeaders prototype = headers.of(RecordKind.EVENT, identity, event.device().endpoint());
    headers.addAttributes(prototype, Attributes.of(event.device().attributes()));
    return prototype;
  }

  private static String key(DeviceEvent event, String path) {
    if (event.condition().isEmpty()) {
      return path + "/" + event.origin().id();
    }
    Condition condition = event.condition().get();
    String key = path + "/" + condition.id();
    return condition.branch().isPresent() ? key + "/" + condition.branch().get() : key;
  }
}
