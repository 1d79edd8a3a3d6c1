// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

/**
 * Identifies a task.
 *
 * @param connector the connector's name
 * @param index the task's number, from 0
 */
public record TaskName(String connector, int index) {
  /** Prefix of the names of the task's threads. */
  public String threads() {
    return "connect-ot-" + connector + "-" + index;
  }
}
