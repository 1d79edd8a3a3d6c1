// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.opcua.OpcUaProtocol;
import io.connectot.opcua.OpcUaSourceConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the OPC UA connector passes validation as it stands in the documentation. */
class ExamplesTest {
  private static final Examples EXAMPLES =
      new Examples(
          OpcUaSourceConnector.class.getName(),
          config -> ConnectorValidator.validate(new OpcUaProtocol(), config));

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

  static Stream<DocPage.Block> lines() {
    return DocPage.all().stream()
        .filter(page -> page.path().contains("opcua"))
        .flatMap(page -> page.blocks("properties").stream())
        .filter(block -> block.text().contains("tags."));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) {
    Map<String, String> config = new HashMap<>(Examples.lines(block));
    config.putIfAbsent("topic", "plant");
    config.putIfAbsent("devices.line1", "opc.tcp://10.0.0.21:4840");
    EXAMPLES.assertAccepted(block.where(), config);
  }

  static List<DocPage.Cell> nodes() {
    return DocPage.of("docs/opcua-source.md").column("Node line");
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void nodeLinesAreUnderstood(DocPage.Cell cell) {
    assertThat(cell.code())
        .isNotEmpty()
        .allSatisfy(
            line ->
                EXAMPLES.assertAccepted(
                    cell.where() + " " + line,
                    Map.of(
                        "topic", "plant",
                        "devices.line1", "opc.tcp://10.0.0.21:4840",
                        "tags.speed", line)));
  }

  @Test
  void everyOptionOfNodeLinesIsExplained() {
    assertThat(DocPage.of("docs/opcua-source.md").column("Option"))
        .flatExtracting(DocPage.Cell::code)
        .containsAll(new OpcUaProtocol().tagOptions());
  }
}
