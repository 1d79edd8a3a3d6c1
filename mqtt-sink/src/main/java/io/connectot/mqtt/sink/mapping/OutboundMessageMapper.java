// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.sink.WriteMapper;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;

/** Maps records to messages. Thread-safe. */
public final class OutboundMessageMapper implements WriteMapper<OutboundMessage> {
  private static final byte[] NO_BYTES = {};

  /** The payload, and the record's value that it was made of and that an error report needs. */
  private static final long COPIES = 3;

  private final MessageSettings settings;
  private final Optional<FieldPath> payloadField;
  private final HeaderMapper headers;

  /** A mapper for one connector. */
  public OutboundMessageMapper(MessageSettings settings) {
    this.settings = settings;
    this.payloadField = settings.payloadField().map(FieldPath::parse);
    this.headers = new HeaderMapper(settings.headers());
  }

  @Override
  public Optional<OutboundMessage> map(SinkRecord record) {
    SchemaAndValue payload = payload(record);
    if (payload.value() != null) {
      return Optional.of(message(record, payload));
    }
    return switch (settings.tombstones()) {
      case CLEAR ->
          Optional.of(
              new OutboundMessage(
                  topic(record),
                  NO_BYTES,
                  settings.qos().of(record),
                  true,
                  properties(record, Duration.ZERO, false)));
      case SKIP -> Optional.empty();
      case REPORT -> throw new UnwritableRecordException("the record has no value");
    };
  }

  @Override
  public long bytes(OutboundMessage message) {
    return COPIES * message.payload().length + 2L * message.topic().length();
  }

  private SchemaAndValue payload(SinkRecord record) {
    if (payloadField.isEmpty() || record.value() == null) {
      return new SchemaAndValue(record.valueSchema(), record.value());
    }
    return payloadField
        .get()
        .find(record.valueSchema(), record.value())
        .orElseThrow(
            () ->
                new UnwritableRecordException(
                    "the value has no field '" + payloadField.get() + "'"));
  }

  private OutboundMessage message(SinkRecord record, SchemaAndValue payload) {
    byte[] bytes = ConnectText.bytes(payload.value());
    boolean text = bytes == null;
    if (text) {
      bytes = ConnectText.of(payload.schema(), payload.value()).getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length > settings.maxBytes()) {
      throw new UnwritableRecordException(
          "the payload has " + bytes.length + " bytes, allowed are " + settings.maxBytes());
    }
    return new OutboundMessage(
        topic(record),
        bytes,
        settings.qos().of(record),
        settings.retain().of(record),
        properties(record, settings.expiry().of(record), text));
  }

  private String topic(SinkRecord record) {
    String topic = settings.topic().render(record);
    MqttText.checkTopic("the MQTT topic", topic);
    return topic;
  }

  private MessageProperties properties(SinkRecord record, Duration expiry, boolean utf8) {
    return settings.properties()
        ? headers.properties(record, expiry, utf8)
        : MessageProperties.NONE;
  }
}
