// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import java.util.Optional;

/**
 * The client ids of a connector's tasks. A configured id is exactly that of the first task, because
 * many brokers accept certain client ids only; without one, every task has the name of the
 * connector and its number.
 *
 * @param configured as configured
 * @param connector the name of the connector
 */
public record ClientIds(Optional<String> configured, String connector) {

  /**
   * The client id of a task.
   *
   * @param task its number, from 0
   */
  public String of(int task) {
    return configured
        .map(id -> task == 0 ? id : numbered(id, task))
        .orElseGet(() -> numbered(connector, task));
  }

  private static String numbered(String base, int task) {
    return base + "-" + task;
  }

  /** What the client ids begin with. */
  public String base() {
    return configured.orElse(connector);
  }
}
