// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.docs;

import io.connectot.core.config.SourceConfig;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.MetricsTable;
import io.connectot.core.docs.OptionsTable;
import io.connectot.opcua.OpcUaProtocol;
import org.junit.jupiter.api.Test;

/** What the page on OPC UA has from the code. With {@code -Ddocs.update} it is written anew. */
class GeneratedPartsTest {
  private static final DocPage PAGE = DocPage.of("docs/opcua-source.md");

  @Test
  void keysAreThoseOfTheConnector() {
    String tables = OptionsTable.markdown(SourceConfig.definition(new OpcUaProtocol()));
    PAGE.assertGenerated("options", "\n" + tables + "\n");
  }

  @Test
  void metricsAreThoseOfTheTasks() {
    PAGE.assertGenerated("metrics", "\n" + MetricsTable.markdown() + "\n");
  }
}
