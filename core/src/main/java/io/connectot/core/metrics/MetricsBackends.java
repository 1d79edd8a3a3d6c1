// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where a task's metrics are published. */
final class MetricsBackends {
  private static final Logger log = LoggerFactory.getLogger(MetricsBackends.class);

  private MetricsBackends() {}

  /**
   * The worker's own metrics where it has them for plugins (Kafka 4.1), else an MBean.
   *
   * @param context null outside of a worker
   */
  static MetricsBackend choose(SourceTaskContext context, String connector, int task) {
    MetricsBackend worker = ofWorker(context);
    if (worker != null) {
      return worker;
    }
    try {
      return JmxBackend.register(connector, task);
    } catch (IllegalStateException e) {
      log.warn("Going on without metrics: {}", e.getMessage(), e.getCause());
      return MetricsBackend.NONE;
    }
  }

  private static MetricsBackend ofWorker(SourceTaskContext context) {
    if (context == null) {
      return null;
    }
    try {
      return PluginMetricsBackend.of(context);
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      log.debug("This worker is older than Kafka 4.1 and has no metrics for plugins");
      return null;
    }
  }
}
