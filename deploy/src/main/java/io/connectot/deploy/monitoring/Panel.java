// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import io.connectot.core.metrics.TaskMetric;
import java.util.List;

/**
 * A panel of the dashboard.
 *
 * @param title what it shows
 * @param kind how it shows it
 * @param unit Grafana's id of the unit
 * @param queries at least one
 */
record Panel(String title, Kind kind, String unit, List<Query> queries) {
  private static final String CONNECTOR = "{connector=~\"$connector\"}";

  /** How a panel shows its values. */
  enum Kind {
    /** A line over time. */
    TIMESERIES("timeseries"),
    /** The newest value as a number. */
    STAT("stat");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }
  }

  /**
   * A query of a panel.
   *
   * @param expression in PromQL, with Grafana's variables
   * @param legend how to name a line, with labels in double braces
   */
  record Query(String expression, String legend) {}

  /** Panels of one concern. */
  record Row(String title, List<Panel> panels) {
    Row {
      panels = List.copyOf(panels);
    }
  }

  Panel {
    queries = List.copyOf(queries);
  }

  /** The rows of the dashboard, from what needs a look first to details. */
  static List<Row> rows() {
    return List.of(
        new Row(
            "State",
            List.of(
                stat(
                    "Failed tasks",
                    "sum("
                        + Prometheus.TASK_STATE
                        + "{connector=~\"$connector\", state=\"failed\"}) or vector(0)"),
                stat("Devices online", sum(TaskMetric.DEVICES_ONLINE)),
                stat("Devices degraded", sum(TaskMetric.DEVICES_DEGRADED)),
                stat("Devices offline", sum(TaskMetric.DEVICES_OFFLINE)),
                stat("Gaps in the last hour", "sum(increase(" + of(TaskMetric.GAPS) + "[1h]))"),
                lines(
                    "Connection (2: all, 1: some, 0: none)",
                    "none",
                    of(TaskMetric.CONNECTION_STATE)))),
        new Row(
            "Values",
            List.of(
                lines("Values read a second", "cps", rate(TaskMetric.VALUES_READ)),
                lines("BAD values a second", "cps", rate(TaskMetric.VALUES_BAD)),
                lines("Age of the newest value", "ms", of(TaskMetric.NEWEST_VALUE_AGE)),
                lines("Gaps", "none", "increase(" + of(TaskMetric.GAPS) + "[5m])"))),
        new Row(
            "Kafka",
            List.of(
                lines("Records delivered a second", "cps", rate(TaskMetric.RECORDS_DELIVERED)),
                lines(
                    "Records without acknowledgement",
                    "none",
                    of(TaskMetric.RECORDS_UNACKNOWLEDGED)),
                lines("Records in the buffer", "none", of(TaskMetric.BUFFER_RECORDS)),
                lines("Bytes in the buffer", "bytes", of(TaskMetric.BUFFER_BYTES)))),
        new Row(
            "Scans",
            List.of(
                lines("Scans a second", "cps", rate(TaskMetric.SCANS)),
                lines("Scans missed a second", "cps", rate(TaskMetric.SCANS_MISSED)),
                lines("Longest scan", "ms", of(TaskMetric.SCAN_TIME_MAX)),
                lines("Mean scan", "ms", of(TaskMetric.SCAN_TIME_AVG)),
                lines("Reconnects", "none", "increase(" + of(TaskMetric.RECONNECTS) + "[5m])"))),
        new Row(
            "MQTT source",
            List.of(
                lines("Messages received a second", "cps", rate(TaskMetric.MESSAGES_RECEIVED)),
                lines(
                    "Messages without acknowledgement",
                    "none",
                    of(TaskMetric.MESSAGES_UNACKNOWLEDGED)),
                lines(
                    "Poison messages",
                    "none",
                    "increase(" + of(TaskMetric.MESSAGES_POISON) + "[5m])"),
                lines(
                    "Dropped messages of QoS 0",
                    "none",
                    "increase(" + of(TaskMetric.MESSAGES_DROPPED) + "[5m])"),
                lines(
                    "Reading paused",
                    "none",
                    "increase(" + of(TaskMetric.READING_PAUSED) + "[5m])"))),
        new Row(
            "Sinks",
            List.of(
                lines("Messages published a second", "cps", rate(TaskMetric.MESSAGES_PUBLISHED)),
                lines("Messages in flight", "none", of(TaskMetric.MESSAGES_IN_FLIGHT)),
                lines(
                    "Messages refused",
                    "none",
                    "increase(" + of(TaskMetric.MESSAGES_REFUSED) + "[5m])"),
                lines(
                    "Records reported",
                    "none",
                    "increase(" + of(TaskMetric.RECORDS_REPORTED) + "[5m])"))),
        new Row(
            "Worker",
            List.of(
                lines(
                    "Heap in use",
                    "bytes",
                    "sum by (instance) (jvm_memory_used_bytes{area=\"heap\","
                        + " instance=~\"$instance\"})",
                    "{{instance}}"),
                lines(
                    "CPU seconds a second",
                    "none",
                    "rate(process_cpu_seconds_total{instance=~\"$instance\"}[1m])",
                    "{{instance}}"))));
  }

  private static String of(TaskMetric metric) {
    return Prometheus.name(metric) + CONNECTOR;
  }

  private static String sum(TaskMetric metric) {
    return "sum(" + of(metric) + ")";
  }

  private static String rate(TaskMetric metric) {
    return "rate(" + of(metric) + "[1m])";
  }

  private static Panel stat(String title, String expression) {
    return new Panel(title, Kind.STAT, "none", List.of(new Query(expression, "")));
  }

  private static Panel lines(String title, String unit, String expression) {
    return lines(title, unit, expression, "{{connector}}/{{task}}");
  }

  private static Panel lines(String title, String unit, String expression, String legend) {
    return new Panel(title, Kind.TIMESERIES, unit, List.of(new Query(expression, legend)));
  }
}
