// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.mqtt.source.MqttSourceConfig;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the documentation works as it stands there, and no option is missing. */
class DocExamplesTest {
  private static final String CONNECTOR = "\"io.connectot.mqtt.MqttSourceConnector\"";
  private static final DocPage PAGE = DocPage.of("docs/mqtt-source.md");

  static Stream<DocPage.Block> json() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(block -> block.text().contains(CONNECTOR));
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) throws IOException {
    Map<String, String> config =
        new ObjectMapper().readValue(block.text(), new TypeReference<>() {});
    assertAccepted(block.where(), config);
  }

  @Test
  void theShippedConfigurationWorks() throws IOException {
    JsonNode example =
        new ObjectMapper().readTree(DocPage.read("mqtt-source/etc/mqtt-source.json"));
    assertAccepted(
        "mqtt-source.json",
        new ObjectMapper().convertValue(example.get("config"), new TypeReference<>() {}));
  }

  static List<DocPage.Block> properties() {
    return PAGE.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("properties")
  void linesAreUnderstood(DocPage.Block block) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(block.text()));
    Map<String, String> config = new HashMap<>();
    lines.forEach((key, value) -> config.put(key.toString(), value.toString()));
    assertAccepted(block.where(), completed(config));
  }

  static Stream<Arguments> cells() {
    return PAGE.column("Subscription").stream()
        .flatMap(cell -> cell.code().stream().map(line -> Arguments.of(cell.where(), line)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void linesInTablesAreUnderstood(String where, String line) {
    assertAccepted(where, completed(Map.of("subscriptions.example", line)));
  }

  /** The message on an unknown option lists those that there are. */
  @Test
  void hasEveryOption() {
    String message =
        MqttSourceConfig.unchecked(completed(Map.of("subscriptions.a", "x completely.unknown=1")))
            .problems()
            .get(0)
            .message();
    List<String> options =
        List.of(message.substring(message.indexOf("there are ") + 10).split(", "));
    assertThat(
            new TreeSet<>(
                PAGE.column("Option").stream().flatMap(cell -> cell.code().stream()).toList()))
        .containsExactlyElementsOf(new TreeSet<>(options));
  }

  private static Map<String, String> completed(Map<String, String> lines) {
    Map<String, String> config = new HashMap<>(lines);
    config.put("mqtt.brokers", "tcp://broker.example");
    config.put("topic", "plant");
    return config;
  }

  private static void assertAccepted(String what, Map<String, String> config) {
    assertThat(MqttSourceConfig.unchecked(config).problems()).as(what).isEmpty();
    assertThat(MqttSourceConfig.unknownKeys(config)).as(what).isEmpty();
  }
}
