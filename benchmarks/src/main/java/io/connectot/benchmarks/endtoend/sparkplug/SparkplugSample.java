// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import java.time.Duration;

/**
 * The results of a contender in one turn.
 *
 * @param metrics delivered to Kafka
 * @param time the time for these
 * @param cpu the contender's processor time for these
 */
record SparkplugSample(long metrics, Duration time, Duration cpu) {
  private static final double NANOS_PER_SECOND = 1e9;

  double metricsPerSecond() {
    return metrics / (time.toNanos() / NANOS_PER_SECOND);
  }

  /** Seconds of processor time per million metrics. */
  double cpuPerMillion() {
    return cpu.toNanos() / NANOS_PER_SECOND * 1e6 / metrics;
  }
}
