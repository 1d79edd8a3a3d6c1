// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's metrics for plugins, Kafka 4.1 and later (KIP-877). The worker adds the connector's
 * name and the task's number as tags, so that tasks do not collide in the registry they share.
 *
 * <p>Linked only when {@link #of} is first called; nothing else may name this class's Kafka types.
 */
final class PluginMetricsBackend implements MetricsBackend {
  private static final Logger log = LoggerFactory.getLogger(PluginMetricsBackend.class);

  private final PluginMetrics metrics;
  private final List<MetricName> added = new ArrayList<>(); // guarded by this
  private boolean refused; // guarded by this

  private PluginMetricsBackend(PluginMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * The backend of a task.
   *
   * @return null when the context has no metrics
   * @throws NoSuchMethodError on a worker before 4.1
   * @throws NoClassDefFoundError on a worker before 4.1
   */
  static MetricsBackend of(SourceTaskContext context) {
    // The cast makes a missing class show here, where it is expected, and not at the first metric.
    return of(PluginMetrics.class.cast(context.pluginMetrics()));
  }

  /** As {@link #of(SourceTaskContext)}, for a sink. */
  static MetricsBackend of(SinkTaskContext context) {
    return of(PluginMetrics.class.cast(context.pluginMetrics()));
  }

  private static MetricsBackend of(PluginMetrics metrics) {
    return metrics == null ? null : new PluginMetricsBackend(metrics);
  }

  @Override
  public synchronized void add(TaskMetric metric, Supplier<Number> value) {
    try {
      MetricName name =
          metrics.metricName(metric.metricName(), metric.description(), new LinkedHashMap<>());
      metrics.addMetric(name, (Gauge<Number>) (config, now) -> value.get());
      added.add(name);
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Taken by an earlier run of the task that has not ended, or the worker closes the task.
      if (!refused) {
        refused = true;
        log.warn("Going on without some metrics, the first: {}", metric.metricName(), e);
      }
    }
  }

  @Override
  public synchronized void close() {
    for (MetricName name : added) {
      try {
        metrics.removeMetric(name);
      } catch (IllegalArgumentException | IllegalStateException e) {
        log.debug("The worker withdrew metric {} already", name.name());
      }
    }
    added.clear();
  }
}
