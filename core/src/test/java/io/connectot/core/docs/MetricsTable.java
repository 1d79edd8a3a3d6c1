// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import io.connectot.core.metrics.Metric;

/** Renders the list of metrics as a Markdown table for the documentation. */
public final class MetricsTable {
  private MetricsTable() {}

  /** The table, one row a metric, ending in a line feed. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| Metric | Meaning |\n|---|---|\n");
    for (Metric metric : Metric.values()) {
      table
          .append("| `")
          .append(metric.metricName())
          .append("` | ")
          .append(metric.description().replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }
}
