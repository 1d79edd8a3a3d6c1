// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.template.Template;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * Maps statuses of devices to records of {@code status.topic}, and gaps to records of {@code
 * gap.topic}. Thread-safe.
 *
 * <p>A status is keyed by the path of its device whatever {@code record.key} is, so that its topic
 * can be compacted. A gap is keyed as {@code record.key} says.
 */
public final class EventMapper {
  private static final int SIZE = 500;

  private final MappingSettings settings;
  private final EventTopics topics;

  /**
   * @param settings how the connector shapes its records
   */
  public EventMapper(MappingSettings settings, EventTopics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /** Whether statuses become records. */
  public boolean hasStatuses() {
    return topics.status().isPresent();
  }

  /**
   * Makes the record of a status, if there is a topic for it.
   *
   * @param madeMillis now, epoch milliseconds
   */
  public void map(DeviceStatus status, long madeMillis, RecordSink sink) {
    if (topics.status().isPresent()) {
      send(
          topics.status().get(),
          status.device(),
          settings.path(status.device().name()),
          status.endpoint(),
          DeviceStatusSchema.SCHEMA,
          DeviceStatusSchema.of(status),
          madeMillis,
          sink);
    }
  }

  /** Makes the record of a gap, if there is a topic for it. */
  public void map(Gap gap, RecordSink sink) {
    if (topics.gap().isPresent()) {
      Device<?> device = gap.device();
      send(
          topics.gap().get(),
          device,
          PreparedDevice.key(settings, device.name(), settings.path(device.name())),
          device.endpoint(),
          GapSchema.SCHEMA,
          GapSchema.of(gap),
          gap.to().toEpochMilli(),
          sink);
    }
  }

  private void send(
      Template topic,
      Device<?> device,
      String key,
      String endpoint,
      Schema schema,
      Struct value,
      long millis,
      RecordSink sink) {
    String path = settings.path(device.name());
    ConnectHeaders headers = RecordHeaders.of(device.name(), settings.protocol(device), endpoint);
    sink.accept(
        new PreparedRecord(
            TopicNames.render(
                topic, DeviceVariables.of(device.name(), path, settings.protocol(device))),
            key == null ? null : Schema.STRING_SCHEMA,
            key,
            schema,
            value,
            Math.max(0, millis),
            headers,
            SIZE));
  }
}
