// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.embedded.ConnectRest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a connector.
 *
 * @param own whether the user made it, not the quickstart
 * @param sink whether it reads records from Kafka
 * @param state of the connector itself; empty while the worker does not know it
 * @param taskStates of its tasks
 * @param failure the first line of the failure of the connector or a task; empty without a failure
 * @param records records of any kind in the topics it writes or reads
 * @param good measurements of GOOD quality
 * @param bad measurements of BAD quality
 * @param events the number of events; empty if it is not configured to read events
 * @param sample a measurement of GOOD quality
 */
record ConnectorReport(
    String name,
    boolean own,
    boolean sink,
    String state,
    List<String> taskStates,
    String failure,
    long records,
    long good,
    long bad,
    OptionalLong events,
    Optional<Reading> sample) {

  static ConnectorReport of(
      ConnectRest.Status status, ConnectorFile connector, boolean own, Tally tally) {
    return new ConnectorReport(
        connector.name(),
        own,
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

  /** Whether the connector or a task has failed. */
  boolean hasFailed() {
    return state.equals("FAILED") || taskStates.contains("FAILED");
  }

  /** The states as text, e.g. {@code RUNNING, tasks RUNNING RUNNING}. */
  String states() {
    String connector = state.isEmpty() ? "not known to the worker" : state;
    return taskStates.isEmpty()
        ? connector + ", no tasks"
        : connector + ", tasks " + String.join(" ", taskStates);
  }
}
