// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where a task's metrics are published. */
final class MetricsBackends {
  private static final Logger log = LoggerFactory.getLogger(MetricsBackends.class);

  private MetricsBackends() {}

  /** Asks the worker. */
  @FunctionalInterface
  private interface Worker {
    /**
     * @return null when it has none
     * @throws NoSuchMethodError on a worker before 4.1
     * @throws NoClassDefFoundError on a worker before 4.1
     */
    MetricsBackend metrics();
  }

  /**
   * The worker's own metrics where it has them for plugins (Kafka 4.1), else an MBean.
   *
   * @param context null outside of a worker
   */
  static MetricsBackend choose(SourceTaskContext context, String connector, int task) {
    return choose(
        context == null ? () -> null : () -> PluginMetricsBackend.of(context),
        JmxBackend.SOURCE,
        connector,
        task);
  }

  /** As {@link #choose(SourceTaskContext, String, int)}, for a sink. */
  static MetricsBackend choose(SinkTaskContext context, String connector, int task) {
    return choose(
        context == null ? () -> null : () -> PluginMetricsBackend.of(context),
        JmxBackend.SINK,
        connector,
        task);
  }

  private static MetricsBackend choose(Worker worker, String type, String connector, int task) {
    MetricsBackend ofWorker = ofWorker(worker);
    if (ofWorker != null) {
      return ofWorker;
    }
    try {
      return JmxBackend.register(type, connector, task);
    } catch (IllegalStateException e) {
      log.warn("Going on without metrics: {}", e.getMessage(), e.getCause());
      return MetricsBackend.NONE;
    }
  }

  private static MetricsBackend ofWorker(Worker worker) {
    try {
      return worker.metrics();
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      log.debug("This worker is older than Kafka 4.1 and has no metrics for plugins");
      return null;
    }
  }
}
