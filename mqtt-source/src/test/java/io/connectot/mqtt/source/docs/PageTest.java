// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.mqtt.MqttSourceConnector;
import io.connectot.mqtt.source.MqttSourceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new MqttSourceConnector(), "docs/mqtt-source.md", Scope.MESSAGES);
  }

  List<DocPage.Block> properties() {
    return page.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("properties")
  void linesAreUnderstood(DocPage.Block block) {
    examples.assertAccepted(block.where(), completed(Examples.lines(block)));
  }

  Stream<Arguments> cells() {
    return page.column("Subscription").stream()
        .flatMap(cell -> cell.code().stream().map(line -> Arguments.of(cell.where(), line)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void linesInTablesAreUnderstood(String where, String line) {
    examples.assertAccepted(where, completed(Map.of("subscriptions.example", line)));
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
                page.column("Option").stream().flatMap(cell -> cell.code().stream()).toList()))
        .containsExactlyElementsOf(new TreeSet<>(options));
  }

  private static Map<String, String> completed(Map<String, String> lines) {
    Map<String, String> config = new HashMap<>(lines);
    config.put("mqtt.brokers", "tcp://broker.example");
    config.put("topic", "plant");
    return config;
  }
}
