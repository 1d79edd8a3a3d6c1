// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import java.util.function.Supplier;

/** Where metrics are published. Thread-safe. */
interface MetricsBackend extends AutoCloseable {
  /** Publishes nothing. */
  MetricsBackend NONE =
      new MetricsBackend() {
        @Override
        public void add(TaskMetric metric, Supplier<Number> value) {
          // Nothing is published.
        }

        @Override
        public void close() {
          // Nothing was published.
        }
      };

  /**
   * Publishes a metric.
   *
   * @param value called on any thread whenever the metric is read
   */
  void add(TaskMetric metric, Supplier<Number> value);

  /** Withdraws everything. Idempotent, does not throw. */
  @Override
  void close();
}
