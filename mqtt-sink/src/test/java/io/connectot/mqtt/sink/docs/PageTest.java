// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.docs;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.mqtt.MqttSinkConnector;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new MqttSinkConnector(), "docs/mqtt-sink.md", Scope.SINK);
  }

  List<DocPage.Block> lines() {
    return page.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) {
    Map<String, String> config = Examples.lines(block);
    config.put("topics", "plant");
    config.put("mqtt.brokers", "tcp://broker.example.com");
    config.putIfAbsent("mqtt.topic", "plant/${key}");
    examples.assertAccepted(block.where(), config);
  }

  Stream<String> variables() {
    return page.column("Variable").stream().flatMap(cell -> cell.code().stream());
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variablesAreKnown(String variable) {
    examples.assertAccepted(
        variable, Map.of("mqtt.brokers", "tcp://b", "mqtt.topic", "a/" + variable));
  }
}
