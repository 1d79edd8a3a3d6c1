// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.metrics;

import io.connectot.console.connector.ConnectorCatalog.Connector;
import io.connectot.console.connector.ConnectorCatalog.Task;
import io.connectot.console.metrics.TaskMetricsReader.TaskValues;
import io.connectot.console.record.PlantRecord.DeviceState;
import io.connectot.core.metrics.TaskMetric;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Metrics in Prometheus' text format 0.0.4: those of the tasks on this worker under the names that
 * the rules of the JMX exporter give them, and the state of every device by its name.
 */
public final class PrometheusText {
  /** The content type of the text. */
  public static final String TYPE = "text/plain;version=0.0.4;charset=utf-8";

  private static final String PREFIX = "connectot_";

  private final StringBuilder text = new StringBuilder(8192);

  private PrometheusText() {}

  /** The text. */
  public static String of(
      List<TaskValues> tasks, List<Connector> connectors, List<DeviceState> devices, Instant now) {
    PrometheusText prometheus = new PrometheusText();
    prometheus.tasks(tasks);
    prometheus.connectors(connectors);
    prometheus.devices(devices, now);
    return prometheus.text.toString();
  }

  private void tasks(List<TaskValues> tasks) {
    for (TaskMetric metric : TaskMetric.values()) {
      String name = PREFIX + metric.metricName().replace('-', '_');
      boolean first = true;
      for (TaskValues task : tasks) {
        Number value = task.values().get(metric.metricName());
        if (value != null) {
          if (first) {
            describe(name, name.endsWith("_total") ? "counter" : "gauge", metric.description());
            first = false;
          }
          sample(name, Map.of("connector", task.connector(), "task", task.task()), value);
        }
      }
    }
  }

  private void connectors(List<Connector> connectors) {
    describe(
        "kafka_connect_task_state", "gauge", "1 for the state that a task of the cluster is in");
    for (Connector connector : connectors) {
      for (Task task : connector.tasks()) {
        sample(
            "kafka_connect_task_state",
            Map.of(
                "connector", connector.name(),
                "task", String.valueOf(task.id()),
                "state", task.state().toLowerCase(java.util.Locale.ROOT)),
            1);
      }
    }
  }

  private void devices(List<DeviceState> devices, Instant now) {
    List<DeviceState> sorted =
        devices.stream()
            .sorted(Comparator.comparing(DeviceState::connector).thenComparing(DeviceState::path))
            .toList();
    describe(
        "connectot_device_state",
        "gauge",
        "2 online, 1 degraded, 0 offline, -1 unknown because the connector does not report any"
            + " more");
    for (DeviceState device : sorted) {
      sample("connectot_device_state", labels(device), code(device, now));
    }
    describe(
        "connectot_device_state_since_seconds",
        "gauge",
        "When the device came into its state, in seconds since the epoch");
    for (DeviceState device : sorted) {
      sample(
          "connectot_device_state_since_seconds", labels(device), device.since().getEpochSecond());
    }
  }

  private static Map<String, String> labels(DeviceState device) {
    return Map.of(
        "connector", device.connector(), "device", device.device(), "path", device.path());
  }

  private static int code(DeviceState device, Instant now) {
    if (device.validUntil().isBefore(now)) {
      return -1;
    }
    return switch (device.state()) {
      case "ONLINE" -> 2;
      case "DEGRADED" -> 1;
      default -> 0;
    };
  }

  private void describe(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, Map<String, String> labels, Number value) {
    text.append(name).append('{');
    String separator = "";
    for (String label : List.of("connector", "task", "state", "device", "path")) {
      if (labels.containsKey(label)) {
        text.append(separator).append(label).append("=\"");
        text.append(escaped(labels.get(label))).append('"');
        separator = ",";
      }
    }
    text.append("} ").append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
