// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordHeaders;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Device;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Maps results of commands to records, keyed by the path of the tag, as the tag's measurements are
 * by default. Thread-safe.
 */
public final class CommandResultMapper {
  private static final int SIZE = 700;

  private final RecordOrigin origin;
  private final String topic;
  private final RecordHeaders headers = new RecordHeaders(RecordForm.DEFAULT);

  /**
   * @param topic a legal Kafka topic
   */
  public CommandResultMapper(RecordOrigin origin, String topic) {
    this.origin = origin;
    this.topic = topic;
  }

  /**
   * Makes the record of a result.
   *
   * @param device null for a command to a device that is not configured
   */
  public PreparedRecord map(CommandResult result, Device<?> device) {
    RecordIdentity ofDevice =
        new RecordIdentity(
            origin.path(result.device()),
            result.device(),
            null,
            device == null ? origin.protocol() : MappingSettings.protocol(origin, device),
            origin.connector());
    RecordIdentity identity = result.tag() == null ? ofDevice : ofDevice.ofTag(result.tag());
    Struct value = CommandResultSchema.of(result, identity);
    return new PreparedRecord(
        topic,
        Schema.STRING_SCHEMA,
        identity.path(),
        CommandResultSchema.SCHEMA,
        value,
        Math.max(0, result.finished().toEpochMilli()),
        headers.of(RecordKind.RESULT, identity, device == null ? "" : device.endpoint()),
        SIZE);
  }
}
