// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.mqtt.MqttSourceConnector;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.MqttSourceValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the documentation works as it stands there, and no option is missing. */
class DocExamplesTest {
  private static final Examples EXAMPLES =
      new Examples(MqttSourceConnector.class.getName(), MqttSourceValidator::validate);
  private static final DocPage PAGE = DocPage.of("docs/mqtt-source.md");

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

  static List<DocPage.Block> properties() {
    return PAGE.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("properties")
  void linesAreUnderstood(DocPage.Block block) {
    EXAMPLES.assertAccepted(block.where(), completed(Examples.lines(block)));
  }

  static Stream<Arguments> cells() {
    return PAGE.column("Subscription").stream()
        .flatMap(cell -> cell.code().stream().map(line -> Arguments.of(cell.where(), line)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void linesInTablesAreUnderstood(String where, String line) {
    EXAMPLES.assertAccepted(where, completed(Map.of("subscriptions.example", line)));
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
}
