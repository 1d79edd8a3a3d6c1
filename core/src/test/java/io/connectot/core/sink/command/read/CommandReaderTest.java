// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.MeasurementSchema;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = new Clock(() -> NOW, () -> 0);

  private final CommandReader reader = reader(new ObjectForm());

  @Test
  void readsOneTag() {
    Command command = read("{\"device\":\"press\",\"tag\":\"speed\",\"value\":3.5,\"id\":\"a\"}");
    assertThat(command.device()).isEqualTo("press");
    assertThat(command.writes()).containsExactly(new Command.Write("speed", new DoubleValue(3.5)));
    assertThat(command.origin().id()).isEqualTo("a");
    assertThat(command.origin().offset()).isEqualTo(7);
    assertThat(command.expires()).isEqualTo(NOW.plusSeconds(20));
    assertThat(command.problem()).isNull();
  }

  @Test
  void readsSeveralTagsInTheirOrder() {
    assertThat(read("{\"device\":\"press\",\"values\":{\"b\":1,\"a\":\"x\"}}").writes())
        .containsExactly(
            new Command.Write("b", new LongValue(1)), new Command.Write("a", new TextValue("x")));
  }

  @Test
  void readsBytesAndObjectsWithoutASchema() {
    String json = "{\"device\":\"press\",\"tag\":\"speed\",\"value\":9007199254740993}";
    Value expected = new LongValue(9_007_199_254_740_993L);
    assertThat(map(json.getBytes(StandardCharsets.UTF_8)).writes().get(0).value())
        .isEqualTo(expected);
    assertThat(
            map(Map.of("device", "press", "tag", "speed", "value", 9_007_199_254_740_993L))
                .writes()
                .get(0)
                .value())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e401", "1e999999999", "1e2147483647", "-1e2147483647"})
  void computesNoNumberThatNoTagCanHold(String number) {
    Value value =
        read("{\"device\":\"press\",\"tag\":\"speed\",\"value\":" + number + "}")
            .writes()
            .get(0)
            .value();
    assertThat(value)
        .isInstanceOfSatisfying(DoubleValue.class, real -> assertThat(real.value()).isInfinite());
  }

  @Test
  void readsTheTimeOfExpiry() {
    assertThat(read(withExpiry("\"2026-11-29T12:00:01Z\"")).expires())
        .isEqualTo(NOW.plusSeconds(1));
    assertThat(read(withExpiry("\"2026-11-29T13:00:01+01:00\"")).expires())
        .isEqualTo(NOW.plusSeconds(1));
    assertThat(read(withExpiry(Long.toString(NOW.toEpochMilli()))).expires()).isEqualTo(NOW);
  }

  @Test
  void countsTheLifetimeOfACommandFromTheFutureFromNow() {
    assertThat(
            reader
                .map(record("{\"device\":\"p\",\"tag\":\"t\",\"value\":1}", NOW.plusSeconds(3600)))
                .orElseThrow()
                .expires())
        .isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void readsMeasurements() {
    Struct measurement =
        measurement("GOOD").put("type", "INT64").put("value_long", 9_007_199_254_740_993L);
    assertThat(map(measurement).writes())
        .containsExactly(new Command.Write("speed", new LongValue(9_007_199_254_740_993L)));
    Struct unsigned =
        measurement("GOOD")
            .put("type", "UINT64")
            .put("value_double", 1.8446744073709552E19)
            .put("value_string", "18446744073709551615");
    assertThat(map(unsigned).writes().get(0).value())
        .isEqualTo(new BigValue(new BigInteger("18446744073709551615")));
    Struct time =
        measurement("GOOD")
            .put("type", "DATETIME")
            .put("value_long", 1_795_914_262_000L)
            .put("value_string", "2026-11-29T01:04:22Z");
    assertThat(map(time).writes().get(0).value()).isEqualTo(new TextValue("2026-11-29T01:04:22Z"));
  }

  @Test
  void rejectsMeasurementsWithoutATrustedValue() {
    assertThat(map(measurement("BAD").put("type", "INT64")).problem()).contains("BAD");
  }

  @Test
  void readsActionRequests() {
    Command command =
        reader(new ActionForm(CLOCK))
            .map(
                record(
                    "{\"MessageId\":\"1\",\"MessageType\":\"ua-action-request\","
                        + "\"Timestamp\":\"2026-11-29T12:00:00Z\",\"CorrelationData\":\"c1\","
                        + "\"TimeoutHint\":1500,\"Messages\":[{\"DataSetWriterName\":\"press\","
                        + "\"ActionTargetId\":1,\"Payload\":{\"speed\":{\"UaType\":6,\"Value\":3},"
                        + "\"mode\":2}}]}",
                    NOW))
            .orElseThrow();
    assertThat(command.problem()).isNull();
    assertThat(command.device()).isEqualTo("press");
    assertThat(command.origin().id()).isEqualTo("c1");
    assertThat(command.expires()).isEqualTo(NOW.plusMillis(1500));
    assertThat(command.writes())
        .containsExactly(
            new Command.Write("speed", new LongValue(3)),
            new Command.Write("mode", new LongValue(2)));
  }

  /** As Part 6 writes integers of 64 bits in JSON. */
  @Test
  void readsIntegersOf64BitsThatAreTexts() {
    Command command =
        reader(new ActionForm(CLOCK))
            .map(
                record(
                    "{\"MessageType\":\"ua-action-request\",\"Messages\":["
                        + "{\"DataSetWriterName\":\"press\",\"Payload\":{"
                        + "\"a\":{\"UaType\":9,\"Value\":\"18446744073709551615\"},"
                        + "\"b\":{\"Type\":8,\"Body\":\"-3\"},"
                        + "\"c\":{\"UaType\":12,\"Value\":\"3\"}}}]}",
                    NOW))
            .orElseThrow();
    assertThat(command.writes())
        .containsExactly(
            new Command.Write("a", new BigValue(new BigInteger("18446744073709551615"))),
            new Command.Write("b", new LongValue(-3)),
            new Command.Write("c", new TextValue("3")));
  }

  @Test
  void countsTheLifetimeOfAnActionRequestFromTheFutureFromNow() {
    Command command =
        reader(new ActionForm(CLOCK))
            .map(
                record(
                    "{\"MessageType\":\"ua-action-request\",\"TimeoutHint\":1500,"
                        + "\"Timestamp\":\"2026-11-30T12:00:00Z\",\"Messages\":["
                        + "{\"DataSetWriterName\":\"press\",\"Payload\":{\"mode\":2}}]}",
                    NOW))
            .orElseThrow();
    assertThat(command.expires()).isEqualTo(NOW.plusMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "[]",
        "{",
        "{}",
        "{\"device\":\"press\"}",
        "{\"device\":\"press\",\"tag\":\"speed\"}",
        "{\"device\":\"press\",\"value\":3}",
        "{\"device\":\"press\",\"values\":{}}",
        "{\"device\":\"press\",\"values\":3}",
        "{\"device\":\"press\",\"tag\":\"a\",\"values\":{\"a\":1}}",
        "{\"device\":\"press\",\"tag\":\"a\",\"value\":1,\"value\":2}",
        "{\"device\":\"press\",\"tag\":\"a\",\"value\":1,\"expires\":\"soon\"}",
        "{\"device\":\"press\",\"tag\":\"a\",\"value\":1} {}"
      })
  void rejectsWhatIsNoCommand(String text) {
    assertThat(read(text).problem()).isNotBlank();
  }

  @Test
  void skipsRecordsWithoutAValue() {
    assertThat(reader.map(record(null, NOW))).isEmpty();
  }

  private static String withExpiry(String time) {
    return "{\"device\":\"p\",\"tag\":\"t\",\"value\":1,\"expires\":" + time + "}";
  }

  private static Struct measurement(String quality) {
    return new Struct(MeasurementSchema.SCHEMA)
        .put("path", "press/speed")
        .put("device", "press")
        .put("tag", "speed")
        .put("protocol", "tally")
        .put("connector", "x")
        .put("event_time", new Date(0))
        .put("event_time_ns", 0L)
        .put("ingest_time", new Date(0))
        .put("quality", quality)
        .put("is_historical", false);
  }

  private Command read(String json) {
    return map(json);
  }

  private Command map(Object value) {
    return reader.map(record(value, NOW.minusSeconds(10))).orElseThrow();
  }

  private static CommandReader reader(CommandReader.CommandForm form) {
    return new CommandReader(form, Duration.ofSeconds(30), CLOCK);
  }

  private static SinkRecord record(Object value, Instant time) {
    return new SinkRecord(
        "commands", 0, null, null, null, value, 7, time.toEpochMilli(), TimestampType.CREATE_TIME);
  }
}
