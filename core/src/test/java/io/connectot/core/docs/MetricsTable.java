// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetric.Scope;

/** Renders the list of metrics as a Markdown table for the documentation. */
public final class MetricsTable {
  private MetricsTable() {}

  /** The metrics of tasks that read devices: one row per metric, ending in a line feed. */
  public static String markdown() {
    return markdown(Scope.DEVICES);
  }

  /**
   * The metrics of one kind of tasks.
   *
   * @param scope the metrics in addition to those of all tasks
   */
  public static String markdown(Scope scope) {
    StringBuilder table = new StringBuilder("| Metric | Meaning |\n|---|---|\n");
    for (TaskMetric metric : TaskMetric.values()) {
      if (!metric.scope().includes(scope)) {
        continue;
      }
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
