// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.template.Template;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * Maps statuses and gaps of devices to records of the {@code status.topic}. Thread-safe.
 *
 * <p>They are keyed by the device in the form that {@code record.key} asks for, so that all records
 * of a device keep their order.
 */
public final class EventMapper {
  private static final int SIZE = 500;

  private final MappingSettings settings;
  private final Template topic;

  /**
   * @param settings how the connector shapes its records
   * @param topic the {@code status.topic}, over {@link Vocabulary#DEVICE}
   */
  public EventMapper(MappingSettings settings, Template topic) {
    this.settings = settings;
    this.topic = topic;
  }

  /** Makes the record of a change of state. */
  public void map(DeviceStatus status, RecordSink sink) {
    send(
        status.device(),
        status.endpoint(),
        DeviceStatusSchema.SCHEMA,
        DeviceStatusSchema.of(status),
        status.since().toEpochMilli(),
        sink);
  }

  /** Makes the record of a gap. */
  public void map(Gap gap, RecordSink sink) {
    send(
        gap.device(),
        gap.device().endpoint(),
        GapSchema.SCHEMA,
        GapSchema.of(gap),
        gap.to().toEpochMilli(),
        sink);
  }

  private void send(
      Device<?> device,
      String endpoint,
      Schema schema,
      Struct value,
      long millis,
      RecordSink sink) {
    String path = settings.path(device.name());
    String key = PreparedDevice.key(settings, device.name(), path);
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
