// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.config.Configuration;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.sink.WriteMapper;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
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

  private final RecordTemplate topic;
  private final RecordSetting<Integer> qos;
  private final RecordSetting<Boolean> retain;
  private final RecordSetting<Duration> expiry;
  private final Optional<FieldPath> payloadField;
  private final int maxBytes;
  private final TombstonePolicy tombstones;
  private final HeaderMapper headers;

  /** Whether messages have properties. */
  private final boolean mqtt5;

  /** A mapper with the keys of {@link MessageConfig}. */
  public OutboundMessageMapper(Configuration config) {
    RecordTemplate template = config.get(MessageConfig.TOPIC);
    this.topic =
        config.get(MessageConfig.TOPIC_SEPARATOR).map(template::separatingTopics).orElse(template);
    this.qos = config.get(MessageConfig.QOS);
    this.retain = config.get(MessageConfig.RETAIN);
    this.expiry = config.get(MessageConfig.EXPIRY);
    this.payloadField = config.get(MessageConfig.PAYLOAD_FIELD);
    this.maxBytes = config.get(MessageConfig.PAYLOAD_MAX_BYTES);
    this.tombstones = config.get(MessageConfig.TOMBSTONE);
    this.headers = new HeaderMapper(config.get(MessageConfig.HEADERS));
    this.mqtt5 = config.get(MqttConnectionConfig.VERSION) == MqttVersion.V5;
  }

  @Override
  public Optional<OutboundMessage> map(SinkRecord record) {
    SchemaAndValue payload = payload(record);
    if (payload.value() != null) {
      return Optional.of(message(record, payload));
    }
    return switch (tombstones) {
      case CLEAR ->
          Optional.of(
              new OutboundMessage(
                  topic(record),
                  NO_BYTES,
                  qos.of(record),
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
    if (bytes.length > maxBytes) {
      throw new UnwritableRecordException(
          "the payload has " + bytes.length + " bytes; allowed are " + maxBytes);
    }
    return new OutboundMessage(
        topic(record),
        bytes,
        qos.of(record),
        retain.of(record),
        properties(record, expiry.of(record), text));
  }

  private String topic(SinkRecord record) {
    String name = topic.render(record);
    MqttText.checkTopic("the MQTT topic", name);
    return name;
  }

  private MessageProperties properties(SinkRecord record, Duration lifetime, boolean utf8) {
    return mqtt5 ? headers.properties(record, lifetime, utf8) : MessageProperties.NONE;
  }
}
