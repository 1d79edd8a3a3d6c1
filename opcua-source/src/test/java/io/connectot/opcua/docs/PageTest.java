// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.opcua.OpcUaProtocol;
import io.connectot.opcua.OpcUaSourceConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new OpcUaSourceConnector(), "docs/opcua-source.md", Scope.DEVICES);
  }

  Stream<DocPage.Block> lines() {
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
    examples.assertAccepted(block.where(), config);
  }

  List<DocPage.Cell> nodes() {
    return page.column("Node line");
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void nodeLinesAreUnderstood(DocPage.Cell cell) {
    assertThat(cell.code())
        .isNotEmpty()
        .allSatisfy(
            line ->
                examples.assertAccepted(
                    cell.where() + " " + line,
                    Map.of(
                        "topic", "plant",
                        "devices.line1", "opc.tcp://10.0.0.21:4840",
                        "tags.speed", line)));
  }

  @Test
  void everyOptionOfNodeLinesIsExplained() {
    assertThat(page.column("Option"))
        .flatExtracting(DocPage.Cell::code)
        .containsAll(new OpcUaProtocol().tagOptions());
  }
}
