// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.spi.line.LineException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTemplateTest {
  private static final Schema INNER =
      SchemaBuilder.struct()
          .optional()
          .field("id", Schema.INT32_SCHEMA)
          .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
          .build();
  private static final Schema OUTER =
      SchemaBuilder.struct()
          .field("machine", INNER)
          .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT64_SCHEMA).build())
          .build();

  private static SinkRecord record() {
    Struct inner = new Struct(INNER).put("id", 7).put("day", new Date(0));
    Struct value = new Struct(OUTER).put("machine", inner).put("map", Map.of("t", 1.5));
    SinkRecord record = Records.of(null, Map.of("line", "L1"), OUTER, value);
    record.headers().addString("mqtt.topic", "x/y").addBytes("raw", new byte[] {'r'});
    return record;
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a/${topic}/${partition}/${offset}, a/plant/3/42",
    "${field.machine.id}, 7",
    "${field.machine.day}, 1970-01-01",
    "${field.map.t}, 1.5",
    "${key.line}/x, L1/x",
    "'${key}', '{\"line\":\"L1\"}'",
    "${header.mqtt.topic}/set, x/y/set",
    "${header.raw}, r"
  })
  void putsInWhatTheRecordSays(String template, String expected) throws Exception {
    assertThat(RecordTemplate.parse(template).render(record())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"${field.machine.name}", "${field.machine.id.more}", "${key.none}", "${header.none}"})
  void saysWhichVariableARecordLacks(String template) {
    assertThatThrownBy(() -> RecordTemplate.parse("a/" + template).render(record()))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining(template);
  }

  @ParameterizedTest
  @CsvSource({
    "${field.`a.b`.c}, 1",
    "${field.a\\.b.c}, 1",
    "${field.back\\`tick}, 3",
    "${field.tick`}, 4"
  })
  void namesMayHaveDots(String template, String expected) throws Exception {
    Map<String, Object> value = Map.of("a.b", Map.of("c", 1), "back`tick", 3, "tick`", 4);
    assertThat(RecordTemplate.parse(template).render(Records.of(value))).isEqualTo(expected);
  }

  @Test
  void fieldsOfJsonTextAreFields() throws Exception {
    RecordTemplate template = RecordTemplate.parse("${field.machine.id}/${field.v}/${key.k}");
    String json = " {\"v\":12345678.90,\"machine\":{\"id\":\"p1\"}}";
    SinkRecord text = Records.of(null, "{\"k\":true}", null, json);
    assertThat(template.render(text)).isEqualTo("p1/12345678.90/true");
    SinkRecord bytes =
        Records.of(null, "{\"k\":1}", Schema.BYTES_SCHEMA, json.getBytes(StandardCharsets.UTF_8));
    assertThat(template.render(bytes)).isEqualTo("p1/12345678.90/1");
    assertThatThrownBy(() -> template.render(Records.of(null, "{", null, "{oops")))
        .isInstanceOf(UnwritableRecordException.class);
  }

  @Test
  void aNullIsNoValue() throws Exception {
    RecordTemplate field = RecordTemplate.parse("${field.machine.id}");
    RecordTemplate key = RecordTemplate.parse("${key}");
    SinkRecord empty = Records.of(null, null, null, null);
    assertThat(List.of(field, key))
        .allSatisfy(
            template ->
                assertThatThrownBy(() -> template.render(empty))
                    .isInstanceOf(UnwritableRecordException.class));
  }

  @Test
  void keysOfAllSingleTypesAreText() throws Exception {
    RecordTemplate key = RecordTemplate.parse("${key}");
    byte[] bytes = "bü".getBytes(StandardCharsets.UTF_8);
    assertThat(List.<Object>of("s", 1, 2L, true, 1.5, bytes, ByteBuffer.wrap(bytes)))
        .extracting(value -> key.render(Records.of(null, value, null, "v")))
        .containsExactly("s", "1", "2", "true", "1.5", "bü", "bü");
  }

  @ParameterizedTest
  @CsvSource({
    "${tpoic}, did you mean ${topic}?",
    "${field}, ${field.<path>}",
    "${field.}, ${field.<path>}",
    "${field.a..b}, is not a path",
    "${field.`a.b}, between backticks",
    "${value}, use one of ${topic} ${partition} ${offset} ${key}",
    "${topic, has no closing"
  })
  void saysWhatIsWrongWithATemplate(String template, String message) {
    assertThatThrownBy(() -> RecordTemplate.parse(template))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }
}
