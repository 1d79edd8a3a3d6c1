// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetrics;

/**
 * The task that a driver works for.
 *
 * @param connector the name of the connector
 * @param task the number of the task, from 0
 * @param metrics of the task
 */
public record SinkContext(String connector, int task, Clock clock, TaskMetrics metrics) {
  /** Prefix of the names of the task's threads. */
  public String threads() {
    return "connect-ot-" + connector + "-" + task;
  }
}
