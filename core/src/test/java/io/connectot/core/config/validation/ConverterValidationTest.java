// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Converters that a connector names and that cannot carry its records. */
class ConverterValidationTest {
  private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  @ParameterizedTest
  @ValueSource(strings = {STRING, BYTES, "org.apache.kafka.connect.converters.DoubleConverter"})
  void refusesConvertersThatCannotCarryStructures(String converter) {
    assertThat(Configs.errors(with("value.converter", converter)))
        .containsOnlyKeys("value.converter")
        .extractingByKey("value.converter")
        .satisfies(
            errors ->
                assertThat(errors)
                    .singleElement()
                    .asString()
                    .contains(converter, "structures", "record.layout=measurement", "set it to"));
  }

  @Test
  void refusesThemForStatusesInEveryLayout() {
    assertThat(error("value.converter", "record.layout", "value", "status.topic", "s"))
        .contains("structures", "status.topic");
  }

  @Test
  void refusesThemForTagsOfTheLayoutValue() {
    assertThat(Configs.errors(with("record.layout", "value", "value.converter", BYTES)))
        .extractingByKey("value.converter")
        .satisfies(
            errors ->
                assertThat(errors).singleElement().asString().contains("numbers and booleans"));
    assertThat(Configs.errors(with("record.layout", "value", "value.converter", STRING))).isEmpty();
  }

  @Test
  void refusesConvertersOfKeysAndHeadersThatCannotCarryText() {
    Map<String, List<String>> errors =
        Configs.errors(with("key.converter", BYTES, "header.converter", BYTES));
    assertThat(errors).containsOnlyKeys("key.converter", "header.converter");
    assertThat(errors.get("key.converter").get(0)).contains("text", STRING);
    assertThat(errors.get("header.converter").get(0)).contains("text", "SimpleHeaderConverter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.connect.json.JsonConverter",
        "io.confluent.connect.avro.AvroConverter",
        "io.confluent.connect.protobuf.ProtobufConverter",
        "com.acme.OwnConverter"
      })
  void takesConvertersOfStructures(String converter) {
    assertThat(
            Configs.errors(
                with(
                    "value.converter", converter,
                    "key.converter", STRING,
                    "header.converter", "org.apache.kafka.connect.storage.SimpleHeaderConverter")))
        .isEmpty();
  }

  /** A transformation can make anything of a record before it is converted. */
  @Test
  void doesNotJudgeWhatATransformationMakes() {
    assertThat(
            Configs.errors(
                with(
                    "value.converter", "org.apache.kafka.connect.converters.DoubleConverter",
                    "transforms", "value",
                    "transforms.value.type",
                        "org.apache.kafka.connect.transforms.ExtractField$Value",
                    "transforms.value.field", "value_double")))
        .isEmpty();
  }

  @Test
  void refusesRecordsThatTheProducerDoesNotSend() {
    assertThat(
            Configs.errors(
                with(
                    "record.max.bytes", "5000000",
                    "producer.override.max.request.size", "2000000")))
        .extractingByKey("record.max.bytes")
        .satisfies(
            errors ->
                assertThat(errors)
                    .singleElement()
                    .asString()
                    .contains("5000000", "producer.override.max.request.size=2000000"));
    assertThat(
            Configs.errors(
                with(
                    "record.max.bytes", "5000000",
                    "producer.override.max.request.size", "6000000")))
        .isEmpty();
  }

  private static String error(String key, String... changes) {
    Map<String, String> props = with(changes);
    props.put(key, STRING);
    return Configs.errors(props).get(key).get(0);
  }
}
