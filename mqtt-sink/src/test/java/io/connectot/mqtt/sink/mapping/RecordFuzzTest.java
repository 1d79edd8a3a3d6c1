// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.transport.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever templates and records there are, the template is refused by its key, and a record
 * becomes a message that brokers take or is unpublishable.
 */
@Tag("full")
class RecordFuzzTest {
  private final JsonConverter json = new JsonConverter();

  RecordFuzzTest() {
    json.configure(Map.of("schemas.enable", false), false);
  }

  @ValueSource(
      strings = {
        "plant/${key}\n0\nfalse\nmachine\nm1\n{\"a\":{\"b\":[1,2.5,null]},\"q\":1}",
        "plant/${field.a.b}/x\n${field.q}\n${field.keep}\na\nk\n{\"a\":{\"b\":\"c\"},\"q\":2}",
        "${header.h}\n2\n${header.h}\n\n\ntrue",
        "${topic}/${partition}/${offset}\n1\ntrue\nq\n+/#\n\"text\"",
        "${key.x}/$\n\n\na.b.c\n\n[[[]]]",
        "t\n\n\na${key}..b\n\n1",
        "${field.}\n3\nmaybe\n..\n\nnull"
      })
  @DictionaryEntries({"${field.", "${header.h}", "${key}", "\"a\":", "\\u0000", "\\ud800", "}/"})
  @FuzzTest(maxDuration = "2s")
  void isRefusedOrBecomesAMessage(@NotNull String data) {
    String[] lines = data.split("\n", 6);
    if (lines.length < 6) {
      return;
    }
    OutboundMessageMapper mapper;
    try {
      mapper = mapper(lines[0], lines[1], lines[2], lines[3]);
    } catch (ConfigException e) {
      assertThat(e).hasMessageContaining("mqtt.");
      return;
    }
    SinkRecord record;
    try {
      record = record(lines[4], lines[5]);
    } catch (DataException e) {
      return;
    }
    try {
      mapper.map(record).ifPresent(RecordFuzzTest::check);
    } catch (UnwritableRecordException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static OutboundMessageMapper mapper(
      String topic, String qos, String retain, String field) {
    return new OutboundMessageMapper(
        MqttSinkConfig.of(
                Map.of(
                    "mqtt.brokers", "tcp://broker",
                    "mqtt.topic", topic,
                    "mqtt.qos", qos,
                    "mqtt.retain", retain,
                    "mqtt.payload.field", field))
            .keys());
  }

  private SinkRecord record(String text, String document) {
    SchemaAndValue value = json.toConnectData("plant", document.getBytes(StandardCharsets.UTF_8));
    SinkRecord record = Records.of(null, text, value.schema(), value.value());
    record.headers().addString("h", text);
    return record;
  }

  private static void check(OutboundMessage message) {
    assertThat(message.topic()).isNotEmpty().doesNotContain("+", "#", "\u0000");
    assertThat(message.topic().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(65_536);
    assertThat(new String(message.topic().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(message.topic());
    assertThat(Optional.ofNullable(message.payload())).isPresent();
  }
}
