// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.docs;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.MetricsTable;
import io.connectot.core.docs.OptionsTable;
import io.connectot.core.metrics.Metric.Scope;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import org.junit.jupiter.api.Test;

/** What the documentation has from the code. With {@code -Ddocs.update} it is written anew. */
class GeneratedPartsTest {
  private static final String PAGE = "docs/mqtt-sink.md";

  @Test
  void keysAreThoseOfTheConnector() {
    String tables = OptionsTable.markdown(MqttSinkConfig.definition());
    DocPage.of(PAGE).assertGenerated("options", "\n" + tables + "\n");
  }

  @Test
  void metricsAreThoseOfTheTasks() {
    DocPage.of(PAGE).assertGenerated("metrics", "\n" + MetricsTable.markdown(Scope.SINK) + "\n");
  }
}
