// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.embedded.ConnectRest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a connector is doing.
 *
 * @param sink whether it takes records out of Kafka
 * @param state of the connector itself; empty while the worker does not know it
 * @param taskStates of its tasks
 * @param failure the first line of why it or a task failed; empty when none did
 * @param records records of any kind in the topics it writes or reads
 * @param good measurements of GOOD quality
 * @param bad measurements of BAD quality
 * @param events how many it told; empty when it is not to tell any
 * @param sample a measurement of GOOD quality
 */
record ConnectorReport(
    String name,
    boolean sink,
    String state,
    List<String> taskStates,
    String failure,
    long records,
    long good,
    long bad,
    OptionalLong events,
    Optional<Reading> sample) {

  static ConnectorReport of(ConnectRest.Status status, ConnectorFile connector, Tally tally) {
    return new ConnectorReport(
        connector.name(),
        status.isSink(),
        status.connectorState(),
        status.taskStates(),
        status.failure(),
        tally.records(),
        tally.good(),
        tally.bad(),
        connector.tellsEvents() ? OptionalLong.of(tally.events()) : OptionalLong.empty(),
        tally.sample());
  }

  /** Whether the connector or a task gave up. */
  boolean hasFailed() {
    return state.equals("FAILED") || taskStates.contains("FAILED");
  }

  /** The states in words, e.g. {@code RUNNING, tasks RUNNING RUNNING}. */
  String states() {
    String connector = state.isEmpty() ? "not known to the worker" : state;
    return taskStates.isEmpty()
        ? connector + ", no tasks"
        : connector + ", tasks " + String.join(" ", taskStates);
  }
}
