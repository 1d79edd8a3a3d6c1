// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How values are found that the connector was not there to receive.
 *
 * @param resume what is tried
 * @param history whether holes are filled from the server's history
 * @param historyStart how far back the history of a node is read that is read for the first time
 * @param maxGap the longest hole that is filled; of a longer one its end
 * @param settle how long to wait before history is read, for historians that store late
 * @param valuesPerNode the most values of a node in one answer
 * @param nodesPerCall the most nodes in one request
 */
public record ResumeSettings(
    Resume resume,
    History history,
    Optional<Duration> historyStart,
    Optional<Duration> maxGap,
    Duration settle,
    int valuesPerNode,
    int nodesPerCall) {

  /** How a session goes on from the one before it. */
  public enum Resume {
    /** Takes over the subscriptions; what they no longer have comes from history. */
    TRANSFER_THEN_HISTORY,
    /** Makes new subscriptions and fills the hole from history. */
    HISTORY,
    /** Begins anew; stored offsets are not looked at. */
    OFF
  }

  /** Where the values of a hole come from. */
  public enum History {
    /** From the history of the nodes that have one. */
    AUTO,
    /** Holes are reported and stay. */
    OFF,
    /** As {@link #AUTO}; nodes without history are a configuration error. */
    REQUIRED
  }

  /** Whether offsets are looked at. */
  public boolean resumes() {
    return resume != Resume.OFF;
  }
}
