// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.console.record.PlantRecord.DeadLetter;
import io.connectot.console.record.PlantRecord.DeviceEvent;
import io.connectot.console.record.PlantRecord.DeviceState;
import io.connectot.console.record.PlantRecord.Gap;
import io.connectot.console.record.PlantRecord.TagValue;
import io.connectot.core.model.Quality;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordParserTest {
  private static final String IDENTITY =
      "\"path\":\"acme/p1/temp\",\"device\":\"p1\",\"tag\":\"temp\",\"protocol\":\"modbus\","
          + "\"connector\":\"c\",";

  private final RecordParser parser = new RecordParser();

  @Test
  void readsAMeasurement() {
    TagValue value =
        (TagValue)
            parse(
                    "measurement",
                    "{"
                        + IDENTITY
                        + "\"event_time\":1000,\"event_time_ns\":1000000000,\"type\":\"FLOAT64\","
                        + "\"value_long\":null,\"value_double\":90.6,\"quality\":\"GOOD\","
                        + "\"status\":null,\"unit\":\"°C\",\"is_historical\":true}")
                .get(0);
    assertThat(value.path()).isEqualTo("acme/p1/temp");
    assertThat(value.value()).isEqualTo("90.6");
    assertThat(value.number()).isEqualTo(90.6);
    assertThat(value.quality()).isEqualTo(Quality.GOOD);
    assertThat(value.unit()).isEqualTo("°C");
    assertThat(value.time()).isEqualTo(Instant.ofEpochMilli(1000));
    assertThat(value.historical()).isTrue();
  }

  @Test
  void keepsNoMoreOfARecordThanIsShown() {
    String text = "x".repeat(10_000);
    assertThat(new RecordText(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .hasToString(text.substring(0, RecordText.MOST_BYTES) + "…");
    assertThat(new RecordText(new byte[] {'4', '2'})).hasToString("42");
  }

  @Test
  void readsTheEnvelopeOfAConverterWithSchemas() {
    assertThat(
            parse(
                "status",
                "{\"schema\":{},\"payload\":{"
                    + IDENTITY
                    + "\"state\":\"OFFLINE\",\"since\":5,\"cause\":\"no answer\","
                    + "\"endpoint\":\"tcp://p1\",\"valid_until\":9}}"))
        .containsExactly(
            new DeviceState(
                "acme/p1/temp",
                "p1",
                "modbus",
                "c",
                "OFFLINE",
                "no answer",
                "tcp://p1",
                Instant.ofEpochMilli(5),
                Instant.ofEpochMilli(9)));
  }

  @Test
  void readsEveryColumnOfARow() {
    List<PlantRecord> tags =
        parse(
            "measurement",
            "{\"path\":\"acme/p1\",\"device\":\"p1\",\"tag\":null,\"protocol\":\"modbus\","
                + "\"connector\":\"c\",\"event_time\":1000,\"event_time_ns\":1,\"ingest_time\":1,"
                + "\"quality\":\"BAD\",\"tag_qualities\":\"{\\\"b\\\":\\\"BAD\\\"}\","
                + "\"attributes\":null,\"is_historical\":false,\"a\":1,\"b\":null,\"c\":true}");
    assertThat(tags)
        .extracting(PlantRecord::path)
        .containsExactly("acme/p1/a", "acme/p1/b", "acme/p1/c");
    assertThat(tags)
        .extracting(tag -> ((TagValue) tag).quality())
        .containsExactly(Quality.GOOD, Quality.BAD, Quality.GOOD);
    assertThat(((TagValue) tags.get(2)).number()).isEqualTo(1);
  }

  @Test
  void readsTheHeadersOfAValueAlone() {
    TagValue value =
        (TagValue)
            parser
                .parse(
                    record(
                        "21.5",
                        Map.of(
                            "ot.record", "measurement",
                            "ot.path", "\"acme/p1/temp\"",
                            "ot.quality", "UNCERTAIN",
                            "ot.is_historical", "true")))
                .get(0);
    assertThat(value.path()).isEqualTo("acme/p1/temp");
    assertThat(value.value()).isEqualTo("21.5");
    assertThat(value.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(value.historical()).isTrue();
  }

  @Test
  void readsAGapAnEventAndADeadLetter() {
    assertThat(
            parse(
                "gap",
                "{"
                    + IDENTITY
                    + "\"gap_start\":null,\"gap_end\":7,\"cause\":\"x\",\"filled\":false}"))
        .containsExactly(
            new Gap("acme/p1/temp", "p1", "temp", "c", null, Instant.ofEpochMilli(7), "x", false));
    assertThat(
            parse(
                "event",
                "{"
                    + IDENTITY
                    + "\"event_type\":\"Alarm\",\"severity\":800,\"message\":\"hot\","
                    + "\"active\":true,\"event_time\":3}"))
        .containsExactly(
            new DeviceEvent(
                "acme/p1/temp", "p1", "c", "Alarm", 800, "hot", true, Instant.ofEpochMilli(3)));
    assertThat(parser.parse(record("not json", Map.of("ot.record", "deadletter"))))
        .singleElement()
        .isInstanceOf(DeadLetter.class);
  }

  @Test
  void leavesOutWhatIsNotOfTheConnectors() {
    assertThat(parser.parse(record("{\"a\":1}", Map.of()))).isEmpty();
    assertThat(parser.parse(record((String) null, Map.of("ot.record", "measurement")))).isEmpty();
    assertThat(parse("measurement", "not json")).isEmpty();
    assertThat(parse("status", "[1,2]")).isEmpty();
    assertThat(parse("else", "{}")).isEmpty();
  }

  @Test
  void survivesArbitraryBytes() {
    Random random = new Random(7);
    List<String> kinds = List.of("measurement", "status", "gap", "event", "deadletter");
    byte[] seed =
        ("{"
                + IDENTITY
                + "\"event_time\":1000,\"event_time_ns\":1,\"tag_qualities\":\"{}\",\"x\":1}")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seed.clone();
      for (int change = 0; change <= random.nextInt(6); change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String kind = kinds.get(i % kinds.size());
      assertThat(parser.parse(record(bytes, Map.of("ot.record", kind)))).doesNotContainNull();
    }
  }

  private List<PlantRecord> parse(String kind, String json) {
    return parser.parse(record(json, Map.of("ot.record", kind)));
  }

  private static ConsumerRecord<byte[], byte[]> record(String value, Map<String, String> headers) {
    return record(value == null ? (byte[]) null : value.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value, Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
    return new ConsumerRecord<>(
        "plant",
        0,
        0,
        1_000,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        null,
        value,
        all,
        java.util.Optional.empty());
  }
}
