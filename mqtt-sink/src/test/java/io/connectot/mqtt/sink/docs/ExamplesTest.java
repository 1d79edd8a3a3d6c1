// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.core.docs.SourceFiles;
import io.connectot.mqtt.MqttSinkConnector;
import io.connectot.mqtt.sink.config.MqttSinkValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the sink passes validation, and every message stands in the sources. */
class ExamplesTest {
  private static final DocPage PAGE = DocPage.of("docs/mqtt-sink.md");
  private static final Examples EXAMPLES =
      new Examples(MqttSinkConnector.class.getName(), MqttSinkValidator::validate);

  static Stream<DocPage.Block> json() {
    return EXAMPLES.json();
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) {
    EXAMPLES.assertJson(block);
  }

  static List<Path> delivered() {
    return Examples.delivered();
  }

  @ParameterizedTest
  @MethodSource("delivered")
  void deliveredConnectorsCanBeCreated(Path file) throws IOException {
    EXAMPLES.assertDelivered(file);
  }

  static List<DocPage.Block> lines() {
    return PAGE.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) {
    Map<String, String> config = Examples.lines(block);
    config.put("topics", "plant");
    config.put("mqtt.brokers", "tcp://broker.example.com");
    config.putIfAbsent("mqtt.topic", "plant/${key}");
    EXAMPLES.assertAccepted(block.where(), config);
  }

  static Stream<String> variables() {
    return PAGE.column("Variable").stream().flatMap(cell -> cell.code().stream());
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variablesAreKnown(String variable) {
    EXAMPLES.assertAccepted(
        variable, Map.of("mqtt.brokers", "tcp://b", "mqtt.topic", "a/" + variable));
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
