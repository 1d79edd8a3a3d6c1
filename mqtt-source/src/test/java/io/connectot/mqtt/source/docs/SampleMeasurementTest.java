// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.Mapped;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** The records on the page are those of the mapper. {@code -Ddocs.update} writes them. */
class SampleMeasurementTest {
  private static final int MAX_LINE = 115;
  private static final long RECEIVED = 1_795_248_000_012_345_678L;

  @Test
  void measurementsAreAsTheMapperMakesThem() throws Exception {
    String payload = "{\"value\": 21.5, \"time\": \"2026-11-21T08:00:00Z\", \"unit\": \"°C\"}";
    Map<String, String> config =
        Map.of(
            "mqtt.brokers", "tcp://broker1.example:1883",
            "name", "hall1",
            "topic", "plant.${device}",
            "uns.path", "acme/munich",
            "subscriptions.rooms",
                "acme/munich/rooms/+/+ format=measurement value=/value time=/time unit=/unit");
    StringBuilder sample = new StringBuilder("```json5\n// payload ").append(payload).append('\n');
    MqttSourceConfig source = new MqttSourceConfig(config);
    InboundMessage message =
        new InboundMessage(
            1,
            "acme/munich/rooms/hall1/temperature",
            payload.getBytes(StandardCharsets.UTF_8),
            1,
            false,
            false,
            1,
            MessageProperties.NONE);
    Message mapped = source.newMapper().map(message, RECEIVED, Ack.NONE);
    for (PreparedRecord made : Mapped.records(mapped, source.mapping())) {
      sample
          .append("// topic ")
          .append(made.topic())
          .append(", key ")
          .append(made.key())
          .append(", timestamp ")
          .append(made.timestampMillis())
          .append("\n")
          .append(headers(made.headers()))
          .append(pretty(made.topic(), made.valueSchema(), made.value()));
    }
    DocPage.of("docs/mqtt-source.md")
        .assertGenerated("measurement", sample.append("```\n").toString());
  }

  /** The headers on lines that fit on the page. */
  private static String headers(Headers headers) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    headers.forEach(
        header -> {
          String next = header.key() + "=" + header.value();
          boolean first = header.key().equals("mqtt.topic");
          if (!line.isEmpty() && (first || line.length() + next.length() > MAX_LINE)) {
            lines.append(line).append('\n');
            line.setLength(0);
          }
          line.append(line.isEmpty() ? "// headers " : ", ").append(next);
        });
    return lines.append(line).append('\n').toString();
  }

  private static String pretty(String topic, Schema schema, Object value) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(
          Map.of("schemas.enable", "false", "replace.null.with.default", "false"), false);
      ObjectMapper json = new ObjectMapper();
      JsonNode tree = json.readTree(converter.fromConnectData(topic, schema, value));
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
