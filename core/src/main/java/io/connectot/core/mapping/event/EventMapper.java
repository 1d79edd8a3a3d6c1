// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.DeviceVariables;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordHeaders;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import java.time.Instant;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Maps statuses of devices to records of {@code status.topic}, and gaps to records of {@code
 * gap.topic}. Thread-safe.
 *
 * <p>A status is keyed by the path of its device, whatever {@code record.key} says, so that a
 * compacted topic keeps the last status of each device. A gap is keyed like the values it concerns.
 */
public final class EventMapper {
  private static final int SIZE = 700;

  private final MappingSettings settings;
  private final EventTopics topics;
  private final RecordTime time;

  /**
   * @param settings how the connector shapes its records
   */
  public EventMapper(MappingSettings settings, EventTopics topics) {
    this.settings = settings;
    this.topics = topics;
    this.time = new RecordTime(settings.form().timestampMaxAge());
  }

  /**
   * Makes the record of a status, if there is a topic for it.
   *
   * @param made when the record is made
   */
  public void map(DeviceStatus status, Instant made, RecordSink sink) {
    if (topics.status().isEmpty()) {
      return;
    }
    RecordIdentity device = RecordIdentity.of(settings, status.device());
    Struct value = DeviceStatusSchema.of(status, device, topics.validUntil(made));
    send(
        topics.status().get(),
        RecordKind.STATUS,
        device,
        device,
        device.path(),
        value,
        made.toEpochMilli(),
        status.endpoint(),
        sink);
  }

  /**
   * Makes the record of a gap, if there is a topic for it.
   *
   * @param made when the record is made
   */
  public void map(Gap gap, Instant made, RecordSink sink) {
    if (topics.gap().isEmpty()) {
      return;
    }
    RecordIdentity device = RecordIdentity.of(settings, gap.device());
    RecordIdentity identity = gap.tag().map(tag -> device.ofTag(tag.name())).orElse(device);
    send(
        topics.gap().get(),
        RecordKind.GAP,
        device,
        identity,
        identity.key(settings.key()),
        GapSchema.of(gap, identity),
        time.kafkaTimestamp(gap.to().toEpochMilli(), made.toEpochMilli()),
        gap.device().endpoint(),
        sink);
  }

  private void send(
      NameTemplate topic,
      RecordKind kind,
      RecordIdentity device,
      RecordIdentity identity,
      String key,
      Struct value,
      long millis,
      String endpoint,
      RecordSink sink) {
    sink.accept(
        new PreparedRecord(
            TopicNames.render(topic, DeviceVariables.of(device)),
            key == null ? null : Schema.STRING_SCHEMA,
            key,
            value.schema(),
            value,
            Math.max(0, millis),
            new RecordHeaders(settings.form()).of(kind, identity, endpoint),
            SIZE));
  }
}
