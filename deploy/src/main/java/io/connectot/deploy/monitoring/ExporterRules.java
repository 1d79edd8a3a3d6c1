// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import io.connectot.core.metrics.TaskMetric;
import java.util.List;

/**
 * The configuration of the Prometheus JMX exporter (1.x): the metrics of the connectors under both
 * names of their MBeans, and those of the worker that the alerts and the dashboard use.
 */
final class ExporterRules {
  private static final String TASK = ", connector=\"?([^\",]+)\"?, task=\"?(\\d+)\"?><>";

  /** Kafka 4.1 and newer register the metrics of a plugin themselves; before, the plugin does. */
  private static final String BEAN =
      "(?:kafka\\.connect<type=plugins|io\\.connectot<type=(?:source|sink)-task-metrics)";

  /** A metric of the worker, by task. */
  private record WorkerMetric(String type, String attribute, String name, boolean counter) {}

  private static final List<WorkerMetric> WORKER_METRICS =
      List.of(
          new WorkerMetric(
              "source-task-metrics", "source-record-active-count", Prometheus.SOURCE_ACTIVE, false),
          new WorkerMetric(
              "source-task-metrics",
              "source-record-write-total",
              "kafka_connect_source_record_write_total",
              true),
          new WorkerMetric(
              "sink-task-metrics",
              "sink-record-read-total",
              "kafka_connect_sink_record_read_total",
              true),
          new WorkerMetric(
              "sink-task-metrics",
              "sink-record-active-count",
              "kafka_connect_sink_record_active_count",
              false),
          new WorkerMetric(
              "connector-task-metrics",
              "offset-commit-failure-percentage",
              "kafka_connect_task_offset_commit_failure_percentage",
              false),
          new WorkerMetric(
              "task-error-metrics", "total-record-failures", Prometheus.ERROR_RECORDS, false),
          new WorkerMetric(
              "task-error-metrics",
              "deadletterqueue-produce-requests",
              "kafka_connect_task_errors_deadletterqueue_produce_requests",
              false));

  private ExporterRules() {}

  /** The file, as YAML. */
  static String yaml() {
    StringBuilder yaml = new StringBuilder(8192);
    yaml.append(
        "# Generated from the list of metrics. Rules of the Prometheus JMX exporter 1.x for\n");
    yaml.append(
        "# Kafka Connect workers: -javaagent:jmx_prometheus_javaagent.jar=9404:jmx-exporter.yml\n");
    yaml.append("lowercaseOutputName: false\n");
    yaml.append("includeObjectNames:\n");
    yaml.append("  - 'kafka.connect:*'\n");
    yaml.append("  - 'io.connectot:*'\n");
    yaml.append("rules:\n");
    for (TaskMetric metric : TaskMetric.values()) {
      rule(
          yaml,
          BEAN + TASK + metric.metricName() + ":",
          Prometheus.name(metric),
          metric.description(),
          Prometheus.isCounter(metric));
      labels(yaml, "connector: '$1'", "task: '$2'");
    }
    state(yaml, "connector-task-metrics" + TASK.replace("><>", ""), Prometheus.TASK_STATE, true);
    state(yaml, "connector-metrics, connector=\"?([^\",]+)\"?", Prometheus.CONNECTOR_STATE, false);
    for (WorkerMetric metric : WORKER_METRICS) {
      rule(
          yaml,
          "kafka\\.connect<type=" + metric.type + TASK + metric.attribute + ":",
          metric.name,
          "Kafka Connect's " + metric.attribute,
          metric.counter);
      labels(yaml, "connector: '$1'", "task: '$2'");
    }
    return yaml.toString();
  }

  /** The state is text, which becomes a label. */
  private static void state(StringBuilder yaml, String bean, String name, boolean task) {
    rule(
        yaml,
        "kafka\\.connect<type=" + bean + "><>status: (.+)",
        name,
        "1 for the state that it is in",
        false);
    yaml.append("    value: 1\n");
    if (task) {
      labels(yaml, "connector: '$1'", "task: '$2'", "state: '$3'");
    } else {
      labels(yaml, "connector: '$1'", "state: '$2'");
    }
  }

  private static void rule(
      StringBuilder yaml, String pattern, String name, String help, boolean counter) {
    yaml.append("  - pattern: '").append(pattern).append("'\n");
    yaml.append("    name: ").append(name).append('\n');
    yaml.append("    type: ").append(counter ? "COUNTER" : "GAUGE").append('\n');
    yaml.append("    help: '").append(help.replace("'", "''")).append("'\n");
  }

  private static void labels(StringBuilder yaml, String... labels) {
    yaml.append("    labels:\n");
    for (String label : labels) {
      yaml.append("      ").append(label).append('\n');
    }
  }
}
