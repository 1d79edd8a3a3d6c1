// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import io.connectot.core.metrics.TaskMetric;

/**
 * The names that metrics have in Prometheus.
 *
 * <p>The names are the same on every Kafka version, although the MBeans differ: see {@link
 * ExporterRules}.
 */
final class Prometheus {
  /** What the names of the connectors' metrics start with. */
  static final String PREFIX = "connectot_";

  /** 1 for the state that a task is in, with the label {@code state}. */
  static final String TASK_STATE = "kafka_connect_task_state";

  /** 1 for the state that a connector is in, with the label {@code state}. */
  static final String CONNECTOR_STATE = "kafka_connect_connector_state";

  /** Records handed to the worker that Kafka did not acknowledge yet, as the worker counts them. */
  static final String SOURCE_ACTIVE = "kafka_connect_source_record_active_count";

  /** Records that the worker could not convert or transform. */
  static final String ERROR_RECORDS = "kafka_connect_task_errors_total_record_failures";

  /** What the names of the figures of an edge box start with; docs/edge.md lists them. */
  static final String EDGE = PREFIX + "edge_";

  private Prometheus() {}

  /** The name of a metric of the connectors. */
  static String name(TaskMetric metric) {
    return PREFIX + metric.metricName().replace('-', '_');
  }

  /** Whether Prometheus treats the metric as a counter. */
  static boolean isCounter(TaskMetric metric) {
    return metric.metricName().endsWith("-total");
  }
}
