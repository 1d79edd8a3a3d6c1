// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.Value;
import io.connectot.core.spi.Ack;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.transport.InboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The measurements that a configuration makes of messages, as lines {@code device tag = value unit,
 * time, quality and status unless GOOD}. For one thread.
 */
public final class Measured {
  /** When all messages arrive: 2026-11-29T12:00:00.123456789Z. */
  public static final long RECEIVED = 1_795_953_600_123_456_789L;

  private static final String AT_RECEIPT = "receipt";

  private final InboundMessageMapper mapper;

  public Measured(Map<String, String> config) {
    mapper = new MqttSourceConfig(config).newMapper();
  }

  /** One or more subscription lines. */
  static Measured line(String... lines) {
    String[] settings = new String[2 * lines.length];
    for (int i = 0; i < lines.length; i++) {
      settings[2 * i] = "subscriptions.s" + i;
      settings[2 * i + 1] = lines[i];
    }
    Map<String, String> config = Mapped.config(settings);
    config.put("topic", "plant");
    return new Measured(config);
  }

  /** The measurements of a message, each on a line. */
  public List<String> of(String topic, String payload) throws PoisonMessageException {
    return of(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** The measurements of a message, each on a line. */
  public List<String> of(String topic, byte[] payload) throws PoisonMessageException {
    List<String> lines = new ArrayList<>();
    for (SourceEvent event :
        mapper.map(Mapped.message(topic, payload), RECEIVED, Ack.NONE).events()) {
      lines.add(event instanceof Measurement one ? line(one) : event.getClass().getSimpleName());
    }
    return lines;
  }

  /** The measurements of a message: device, tag, value, unit, time, quality, status. */
  public List<List<String>> rows(String topic, String payload) throws PoisonMessageException {
    List<List<String>> rows = new ArrayList<>();
    InboundMessage message = Mapped.message(topic, payload.getBytes(StandardCharsets.UTF_8));
    for (SourceEvent event : mapper.map(message, RECEIVED, Ack.NONE).events()) {
      Measurement one = (Measurement) event;
      rows.add(
          List.of(
              one.device().name(),
              one.tag().name(),
              text(one.value()),
              one.tag().unit().orElse(""),
              time(one.timestampNanos()),
              one.quality().name(),
              one.status() == null ? "" : one.status()));
    }
    return rows;
  }

  private static String line(Measurement one) {
    StringBuilder line = new StringBuilder();
    line.append(one.device().name()).append(' ').append(one.tag().name()).append(" = ");
    line.append(text(one.value()));
    one.tag().unit().ifPresent(unit -> line.append(' ').append(unit));
    line.append(", ").append(time(one.timestampNanos()));
    if (one.quality() != Quality.GOOD) {
      line.append(", ").append(one.quality()).append(' ').append(one.status());
    }
    return line.toString();
  }

  private static String time(long nanos) {
    return nanos == RECEIVED ? AT_RECEIPT : Instant.ofEpochSecond(0, nanos).toString();
  }

  private static String text(Value value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Value.TextValue text) {
      return '"' + text.value() + '"';
    }
    if (value instanceof Value.LongValue number) {
      return String.valueOf(number.value());
    }
    if (value instanceof Value.DoubleValue number) {
      return String.valueOf(number.value());
    }
    return value instanceof Value.BooleanValue flag ? String.valueOf(flag.value()) : value + "";
  }
}
