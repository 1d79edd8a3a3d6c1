// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.SourceFiles;
import io.connectot.mqtt.sink.config.MqttSinkValidator;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the sink passes validation, and every message stands in the sources. */
class ExamplesTest {
  private static final DocPage PAGE = DocPage.of("docs/mqtt-sink.md");

  static Stream<DocPage.Block> json() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(block -> block.text().contains("io.connectot.mqtt.MqttSinkConnector"));
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) throws IOException {
    assertAccepted(
        block.where(), new ObjectMapper().readValue(block.text(), new TypeReference<>() {}));
  }

  static List<DocPage.Block> lines() {
    return PAGE.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(block.text()));
    Map<String, String> config = new HashMap<>();
    lines.forEach((key, value) -> config.put(key.toString(), value.toString()));
    config.put("topics", "plant");
    config.put("mqtt.brokers", "tcp://broker.example.com");
    config.putIfAbsent("mqtt.topic", "plant/${key}");
    assertAccepted(block.where(), config);
  }

  static Stream<String> variables() {
    return PAGE.column("Variable").stream().flatMap(cell -> cell.code().stream());
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variablesAreKnown(String variable) {
    assertAccepted(variable, Map.of("mqtt.brokers", "tcp://b", "mqtt.topic", "a/" + variable));
  }

  private static void assertAccepted(String what, Map<String, String> given) {
    Map<String, String> config = new HashMap<>(given);
    config.put("validate.connection", "false");
    assertThat(MqttSinkValidator.validate(config).configValues())
        .as(what)
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }

  static List<DocPage.Cell> messages() {
    return PAGE.column("Message");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void quotesMessagesAsTheSourcesHaveThem(DocPage.Cell cell) {
    List<String> texts = SourceFiles.texts();
    assertThat(cell.code())
        .isNotEmpty()
        .allSatisfy(
            quote -> {
              String text = quote.replaceAll("^…|…$", "");
              assertThat(texts.stream().anyMatch(source -> source.contains(text)))
                  .as("%s: %s", cell.where(), quote)
                  .isTrue();
            });
  }
}
