// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.source.mapping.Mapped.Made;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads as normalized records. */
class MeasurementTest {
  private static final String TOPIC = "plant/press1/temp";

  private static Mapped mapped(String line, String... more) {
    String[] settings = new String[more.length + 4];
    settings[0] = "subscriptions.all";
    settings[1] = "plant/# format=measurement " + line;
    settings[2] = "topic";
    settings[3] = "plant.${device}";
    System.arraycopy(more, 0, settings, 4, more.length);
    return new Mapped(settings);
  }

  private static Struct struct(Made made) {
    return (Struct) made.value();
  }

  @Test
  void aBareNumberIsAValue() throws Exception {
    Made made = mapped("unit=°C", "uns.path", "acme").one(TOPIC, "21.5");
    assertThat(made.topic()).isEqualTo("plant.press1");
    assertThat(made.key()).isEqualTo("acme/press1/temp");
    assertThat(made.timestamp()).isEqualTo(Mapped.RECEIVED / 1_000_000);
    Struct struct = struct(made);
    assertThat(struct.get("device")).isEqualTo("press1");
    assertThat(struct.get("tag")).isEqualTo("temp");
    assertThat(struct.get("path")).isEqualTo("acme/press1/temp");
    assertThat(struct.get("protocol")).isEqualTo("mqtt");
    assertThat(struct.get("event_time_ns")).isEqualTo(Mapped.RECEIVED);
    assertThat(struct.get("type")).isEqualTo("FLOAT64");
    assertThat(struct.get("value_double")).isEqualTo(21.5);
    assertThat(struct.get("quality")).isEqualTo("GOOD");
    assertThat(struct.get("unit")).isEqualTo("°C");
    assertThat(made.header("ot.device")).isEqualTo("press1");
    assertThat(made.header("ot.endpoint")).isEqualTo("tcp://broker:1883");
    assertThat(made.header("mqtt.topic")).isEqualTo(TOPIC);
    assertThat(made.header("mqtt.qos")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "21; INT64; value_long; 21",
        "-0.5; FLOAT64; value_double; -0.5",
        "true; BOOLEAN; value_boolean; true",
        "ON; STRING; value_string; ON",
        "021; STRING; value_string; 021",
        "'21,5 °C'; STRING; value_string; '21,5 °C'",
        "\"on\"; STRING; value_string; on",
        "NaN; FLOAT64; value_double; NaN",
        "-Infinity; FLOAT64; value_double; -Infinity",
        "18446744073709551615; UINT64; value_string; 18446744073709551615",
        "[1, 2.50]; JSON; value_string; '[1,2.5]'",
        "{\"a\": null}; JSON; value_string; '{\"a\":null}'"
      })
  void valuesKeepTheirType(String payload, String type, String field, String expected)
      throws Exception {
    Struct struct = struct(mapped("").one(TOPIC, payload));
    assertThat(struct.get("type")).isEqualTo(type);
    assertThat(struct.get(field)).asString().isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "float64, 21, value_double, 21.0",
    "float64, ' 21.5 ', value_double, 21.5",
    "float64, \"1e3\", value_double, 1000.0",
    "int32, 21.0, value_long, 21",
    "uint8, 255, value_long, 255",
    "uint64, 18446744073709551615, value_string, 18446744073709551615",
    "boolean, 1, value_boolean, true",
    "boolean, OFF, value_boolean, false",
    "string, 21.5, value_string, 21.5",
    "json, 21.5, value_string, 21.5"
  })
  void valuesAreConverted(String type, String payload, String field, String expected)
      throws Exception {
    Struct struct = struct(mapped("type=" + type).one(TOPIC, payload));
    assertThat(struct.get("type")).isEqualTo(type.toUpperCase(java.util.Locale.ROOT));
    assertThat(struct.get(field)).asString().isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "float64, ON",
    "float64, [1]",
    "float64, 1e999",
    "int8, 128",
    "uint16, -1",
    "int32, 2.5",
    "int64, 9223372036854775808",
    "boolean, 2",
    "int32, 1e300"
  })
  void valuesOfAnotherTypeArePoison(String type, String payload) {
    assertThatThrownBy(() -> mapped("on.error=poison type=" + type).one(TOPIC, payload))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining(TOPIC);
  }

  @Test
  void pointersFindTheParts() throws Exception {
    Made made =
        mapped(
                "value=/val time=/meta/ts quality=/q unit=/u device=/meta/dev tag=/meta/tag"
                    + " key=device")
            .one(
                "plant/x",
                "{\"val\": 3, \"q\": 64, \"u\": \"bar\", \"meta\": {\"ts\":"
                    + " \"2023-11-14T22:00:00.123456789Z\", \"dev\": \"line/1\", \"tag\": 7}}");
    Struct struct = struct(made);
    assertThat(made.topic()).isEqualTo("plant.line_1");
    assertThat(made.key()).isEqualTo("line/1");
    assertThat(struct.get("device")).isEqualTo("line/1");
    assertThat(struct.get("tag")).isEqualTo("7");
    assertThat(struct.get("value_long")).isEqualTo(3L);
    assertThat(struct.get("quality")).isEqualTo("UNCERTAIN");
    assertThat(struct.get("status")).isEqualTo("64");
    assertThat(struct.get("unit")).isEqualTo("bar");
    assertThat(struct.get("event_time_ns")).isEqualTo(1_699_999_200_123_456_789L);
    assertThat(made.timestamp()).isEqualTo(1_699_999_200_123L);
  }

  @Test
  void samplesBecomeARecordEach() throws Exception {
    List<Made> made =
        mapped("samples=/samples value=/v time=/t tag=/n unit=/unit device=/dev")
            .map(
                "plant/feeder",
                "{\"dev\":\"f1\",\"unit\":\"kW\",\"samples\":[{\"n\":\"p\",\"v\":1,\"t\":1700000000},"
                    + "{\"n\":\"q\",\"v\":2,\"t\":1700000001.5,\"unit\":\"kvar\"}]}");
    assertThat(made).extracting(one -> struct(one).get("tag")).containsExactly("p", "q");
    assertThat(made).extracting(one -> struct(one).get("unit")).containsExactly("kW", "kvar");
    assertThat(made)
        .extracting(Made::timestamp)
        .containsExactly(1_700_000_000_000L, 1_700_000_001_500L);
    assertThat(made).extracting(one -> struct(one).get("device")).containsOnly("f1");
  }

  @Test
  void membersBecomeARecordEach() throws Exception {
    List<Made> made =
        mapped("values=/metrics time=/ts")
            .map("plant/m1", "{\"ts\": 1700000000000, \"metrics\": {\"a\": 1, \"b\": true}}");
    assertThat(made).extracting(one -> struct(one).get("tag")).containsExactly("a", "b");
    assertThat(made).extracting(one -> struct(one).get("device")).containsOnly("m1");
    List<Made> nested =
        mapped("values=/metrics value=/v unit=/u")
            .map("plant/m1", "{\"metrics\": {\"a\": {\"v\": 1, \"u\": \"A\"}}}");
    assertThat(struct(nested.get(0)).get("value_long")).isEqualTo(1L);
    assertThat(struct(nested.get(0)).get("unit")).isEqualTo("A");
  }

  @Test
  void aBadOrMissingValueHasNone() throws Exception {
    Mapped mapped = mapped("value=/v quality=/q");
    Struct bad = struct(mapped.one(TOPIC, "{\"v\": 1, \"q\": \"Bad_SensorFailure\"}"));
    assertThat(bad.get("quality")).isEqualTo("BAD");
    assertThat(bad.get("status")).isEqualTo("Bad_SensorFailure");
    assertThat(bad.get("value_long")).isNull();
    Struct none = struct(mapped.one(TOPIC, "{\"v\": null}"));
    assertThat(none.get("quality")).isEqualTo("UNCERTAIN");
    assertThat(none.get("status")).isEqualTo("NO_VALUE");
    assertThat(mapped.map(TOPIC, "{}")).isEmpty();
    Mapped strict = mapped("value=/v on.error=poison");
    assertThatThrownBy(() -> strict.one(TOPIC, "{}")).hasMessageContaining("value=/v");
  }

  @Test
  void nothingIsHandedOnOfAMessageWithAPoisonSample() throws Exception {
    Mapped mapped =
        mapped("samples=/s value=/v type=float64 on.error=poison", "mqtt.poison", "skip");
    assertThat(mapped.map(TOPIC, "{\"s\":[{\"v\":1},{\"v\":\"x\"}]}")).isEmpty();
    assertThat(mapped.counts.skipped()).isEqualTo(1);
  }

  @Test
  void anEmptyPayloadIsNoMeasurement() throws Exception {
    assertThat(mapped("").map(TOPIC, "")).isEmpty();
  }

  @Test
  void namesThatCannotBeArePoison() {
    Mapped mapped = mapped("value=/v tag=/t");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{\"v\":1,\"t\":\" \"}"))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{\"v\":1,\"t\":\"" + "x".repeat(201) + "\"}"))
        .hasMessageContaining("201");
    assertThatThrownBy(() -> mapped("topic=${device}").one("plant/" + "x".repeat(300) + "/t", "1"))
        .hasMessageContaining("249");
    assertThatThrownBy(() -> mapped("").one("plant", "1")).hasMessageContaining("${topic[-2]}");
  }

  @Test
  void tooManyValuesArePoison() {
    String many = "[" + "1,".repeat(100_000) + "1]";
    assertThatThrownBy(() -> mapped("samples=/s").one(TOPIC, "{\"s\":" + many + "}"))
        .hasMessageContaining("100000");
  }

  @Test
  void theKafkaTopicMayComeFromTheMqttTopic() throws Exception {
    Mapped mapped = mapped("topic=${topic[1]}.${tag} device=d");
    assertThat(mapped.one("plant/a/t", "1").topic()).isEqualTo("a.t");
    assertThat(mapped.one("plant/b/t", "1").topic()).isEqualTo("b.t");
    assertThat(mapped.one("plant/a/t", "1").topic()).isEqualTo("a.t");
  }

  @Test
  void arraysAreArraysInTheLayoutOfValues() throws Exception {
    Mapped mapped = mapped("", "record.layout", "value");
    Made first = mapped.one(TOPIC, "[1,2.5,null]");
    assertThat(first.schema().valueSchema().type()).isEqualTo(Schema.Type.FLOAT64);
    assertThat(first.value()).isEqualTo(Arrays.asList(1.0, 2.5, null));
    assertThat(mapped.one(TOPIC, "[3]").schema()).isSameAs(first.schema());
    assertThat(mapped("", "record.layout", "value").one(TOPIC, "[[true],[]]").value())
        .isEqualTo(List.of(List.of(true), List.of()));
    assertThat(mapped("", "record.layout", "value").one(TOPIC, "[{\"a\":1}]").value())
        .isEqualTo("[{\"a\":1}]");
    assertThat(mapped("").one(TOPIC, "[1,2.5]").value().toString()).contains("[1,2.5]");
  }

  @Test
  void aTagKeepsOneSchemaInTheLayoutOfValues() throws Exception {
    Mapped mapped = mapped("", "record.layout", "value");
    Made none = mapped.one(TOPIC, "null");
    Made whole = mapped.one(TOPIC, "21");
    Made real = mapped.one(TOPIC, "21.5");
    assertThat(none.value()).isNull();
    assertThat(whole.schema()).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThat(whole.value()).isEqualTo(21.0);
    assertThat(real.schema()).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThat(real.value()).isEqualTo(21.5);
    for (String other : List.of("ON", "true", "{\"a\":1}", "[1]")) {
      Made made = mapped.one(TOPIC, other);
      assertThat(made.schema()).as(other).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
      assertThat(made.value()).as(other).isNull();
      assertThat(made.header("ot.quality")).as(other).isEqualTo("BAD");
      assertThat(made.header("ot.status")).asString().contains("TYPE_MISMATCH");
    }
    assertThat(mapped.one("plant/press1/other", "ON").value()).isEqualTo("ON");
  }

  @Test
  void theValueLayoutHasTheBareValue() throws Exception {
    Made made = mapped("", "record.layout", "value").one(TOPIC, "21.5");
    assertThat(made.schema()).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThat(made.value()).isEqualTo(21.5);
    assertThat(made.header("ot.tag")).isEqualTo("temp");
    assertThat(made.header("mqtt.topic")).isEqualTo(TOPIC);
  }
}
