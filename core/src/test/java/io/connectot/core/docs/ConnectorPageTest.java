// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import io.connectot.core.metrics.TaskMetric.Scope;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;

/**
 * The page of a connector: its examples are accepted, and its tables of keys and metrics are those
 * of the code. With {@code -Ddocs.update} the tables are written.
 */
public abstract class ConnectorPageTest extends ConnectorExamplesTest {
  /** The page, by which subclasses check what only this connector has. */
  protected final DocPage page;

  private final Connector connector;
  private final Scope metrics;

  /**
   * Names what is checked.
   *
   * @param page the path of the page in the repository
   * @param metrics the metrics of the connector's tasks in addition to those of all tasks
   */
  protected ConnectorPageTest(Connector connector, String page, Scope metrics) {
    super(connector);
    this.connector = connector;
    this.page = DocPage.of(page);
    this.metrics = metrics;
  }

  @Test
  void keysAreThoseOfTheConnector() {
    page.assertGenerated("options", "\n" + OptionsTable.markdown(connector.config()) + "\n");
  }

  @Test
  void metricsAreThoseOfTheTasks() {
    page.assertGenerated("metrics", "\n" + MetricsTable.markdown(metrics) + "\n");
  }
}
