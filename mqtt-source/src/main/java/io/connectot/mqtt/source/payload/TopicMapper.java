// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.RecordDecorator;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.List;

/** Maps the messages of one topic. For one thread. */
public interface TopicMapper {

  /**
   * Maps a message to events: records, or measurements of which the runtime makes records.
   *
   * @param payload after decompression
   * @param receivedNanos when the message arrived, epoch nanoseconds
   * @throws PayloadException when the payload cannot be read in the configured format
   */
  List<? extends SourceEvent> map(InboundMessage message, byte[] payload, long receivedNanos)
      throws PayloadException;

  /** Adds the headers of a message to the records that the runtime makes of measurements. */
  default RecordDecorator decorator(InboundMessage message) {
    return RecordDecorator.NONE;
  }
}
