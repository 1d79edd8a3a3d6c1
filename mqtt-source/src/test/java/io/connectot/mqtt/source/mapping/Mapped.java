// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;

/** A mapper of a configuration, and what it makes of messages. For one thread. */
public final class Mapped {
  static final long RECEIVED = 1_700_000_000_123_456_789L;

  final MessageCounts counts = new MessageCounts();
  private final InboundMessageMapper mapper;
  private final RecordMapper records;
  private final IdentityHashMap<Device<?>, DeviceMapper> deviceMappers = new IdentityHashMap<>();

  /** A record as the sink got it. */
  record Made(
      String topic,
      Schema keySchema,
      Object key,
      Schema schema,
      Object value,
      long timestamp,
      Headers headers,
      int size) {
    Object header(String name) {
      return headers.lastWithName(name) == null ? null : headers.lastWithName(name).value();
    }
  }

  /**
   * @param keysAndValues in turn, beside brokers and topic
   */
  Mapped(String... keysAndValues) {
    MqttSourceConfig config = new MqttSourceConfig(config(keysAndValues));
    mapper = config.newMapper(counts);
    records = RecordMapper.of(config.mapping(), List.of());
  }

  static Map<String, String> config(String... settings) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "press-shop");
    props.put("mqtt.brokers", "tcp://broker:1883");
    props.put("topic", "plant.${topic[1]}");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    if (props.keySet().stream().noneMatch(key -> key.startsWith("subscriptions"))) {
      props.put("subscriptions.all", "plant/+/temp");
    }
    return props;
  }

  static InboundMessage message(String topic, byte[] payload) {
    return new InboundMessage(1, topic, payload, 1, false, false, 7, MessageProperties.NONE);
  }

  List<Made> map(String topic, String payload) throws PoisonMessageException {
    return map(message(topic, payload.getBytes(StandardCharsets.UTF_8)));
  }

  List<Made> map(InboundMessage message) throws PoisonMessageException {
    List<Made> made = new ArrayList<>();
    records(
            mapper.map(message, RECEIVED, Ack.NONE),
            device -> deviceMappers.computeIfAbsent(device, records::forDevice))
        .forEach(
            one ->
                made.add(
                    new Made(
                        one.topic(),
                        one.keySchema(),
                        one.key(),
                        one.valueSchema(),
                        one.value(),
                        one.timestampMillis(),
                        one.headers(),
                        one.sizeEstimate())));
    return made;
  }

  /** The records that the runtime makes of a message. */
  public static List<PreparedRecord> records(Message message, MappingSettings settings) {
    return records(message, RecordMapper.of(settings, List.of())::forDevice);
  }

  private static List<PreparedRecord> records(
      Message message, Function<Device<?>, DeviceMapper> mappers) {
    List<PreparedRecord> records = new ArrayList<>();
    for (SourceEvent event : message.events()) {
      if (event instanceof PreparedRecord already) {
        records.add(already);
      } else if (event instanceof Measurement measurement) {
        mappers
            .apply(measurement.device())
            .map(
                measurement,
                made -> {
                  int added = message.decorator().decorate(made.headers());
                  records.add(made.withSize(made.sizeEstimate() + added));
                });
      }
    }
    return records;
  }

  Made one(String topic, String payload) throws PoisonMessageException {
    List<Made> made = map(topic, payload);
    if (made.size() != 1) {
      throw new AssertionError(made.size() + " records");
    }
    return made.get(0);
  }
}
