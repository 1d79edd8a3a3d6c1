// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.model.CommandResult.Origin;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.sink.WriteMapper;
import io.connectot.mqtt.sink.publish.Publication;
import io.connectot.mqtt.sink.publish.PublicationResults;
import io.connectot.mqtt.transport.OutboundMessage;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Maps records to publications. Thread-safe. */
public final class PublicationMapper implements WriteMapper<Publication> {
  private final OutboundMessageMapper messages;
  private final boolean hasResults;

  /**
   * @param hasResults whether a record without a message has a result, instead of an error
   */
  public PublicationMapper(OutboundMessageMapper messages, boolean hasResults) {
    this.messages = messages;
    this.hasResults = hasResults;
  }

  @Override
  public Optional<Publication> map(SinkRecord record) {
    try {
      return messages.map(record).map(message -> Publication.of(origin(record, message), message));
    } catch (UnwritableRecordException e) {
      if (!hasResults) {
        throw e;
      }
      return Optional.of(Publication.impossible(origin(record, null), e.getMessage()));
    }
  }

  /** The correlation data of the message is the id. */
  private static Origin origin(SinkRecord record, OutboundMessage message) {
    return new Origin(
        message == null
            ? null
            : message.properties().correlationData().flatMap(PublicationResults::text).orElse(null),
        record.originalTopic(),
        record.originalKafkaPartition(),
        record.originalKafkaOffset(),
        record.timestamp() == null ? null : Instant.ofEpochMilli(record.timestamp()));
  }

  @Override
  public long bytes(Publication publication) {
    return publication.message() == null
        ? 2L * publication.problem().length()
        : messages.bytes(publication.message());
  }
}
