// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.ConfigError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats and converters that do not fit. */
class ConvertersTest {
  private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String AVRO = "io.confluent.connect.avro.AvroConverter";

  private static List<ConfigError> errors(String... settings) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://broker");
    props.put("topic", "plant");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    return MqttSourceConfig.unchecked(props).problems();
  }

  /** The table of formats and converters: docs/mqtt-source.md. */
  @ParameterizedTest
  @CsvSource({
    "bytes, false, true, true, true",
    "string, true, false, true, true",
    "json, false, false, true, true",
    "measurement, false, false, true, true",
  })
  void refusesConvertersThatCannotCarryAFormat(
      String format, boolean text, boolean bytes, boolean json, boolean avro) {
    Map<String, Boolean> expected = Map.of(STRING, text, BYTES, bytes, JSON, json, AVRO, avro);
    List<String> wrong = new ArrayList<>();
    expected.forEach(
        (converter, carries) -> {
          List<ConfigError> errors =
              errors("subscriptions.a", "a/# format=" + format, "value.converter", converter);
          if (errors.isEmpty() != carries) {
            wrong.add(converter + ": " + errors);
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void namesLineKeyAndRemedy() {
    assertThat(errors("subscriptions.a", "a/# format=bytes", "value.converter", STRING))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.key()).isEqualTo("value.converter");
              assertThat(error.message())
                  .contains(STRING, "bytes", "subscriptions.a", "toString()", BYTES, JSON);
            });
  }

  @Test
  void refusesStatusesThatAConverterOfBytesCannotCarry() {
    assertThat(errors("subscriptions.a", "a/#", "value.converter", BYTES, "status.topic", "status"))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("structures", "status.topic"));
  }

  @Test
  void refusesLinesOfDifferentFormatsThatShareAConverterOfOne() {
    assertThat(
            errors(
                "subscriptions.a", "a/# format=bytes",
                "subscriptions.b", "b/# format=json",
                "value.converter", BYTES))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("subscriptions.b"));
  }

  @Test
  void jsonWithASchemaIsAStructure() {
    assertThat(
            errors(
                "subscriptions.a",
                "a/# format=json json.schema=inferred",
                "value.converter",
                "io.confluent.connect.protobuf.ProtobufConverter"))
        .isEmpty();
  }
}
