// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of values that were produced while the connector was away. */
public final class OpcUaResumeConfig {
  private static final Duration MAX = Duration.ofDays(3660);

  /** How a session continues the one before it. */
  public enum Resume {
    /** Transfers the subscriptions; values that they no longer have come from history. */
    TRANSFER_THEN_HISTORY,
    /** Never transfers: makes new subscriptions; missing values come from history. */
    HISTORY,
    /** Starts over; stored offsets are not used. */
    OFF
  }

  /** Whether missing values are read from history. */
  public enum History {
    /** For nodes that have a history. */
    AUTO,
    /** Never: missing values are reported as gaps. */
    OFF,
    /** As {@link #AUTO}; nodes without a history are a configuration error. */
    REQUIRED
  }

  public static final Key<Resume> RESUME =
      Key.choice("opcua.resume.mode", Resume.class, Resume.TRANSFER_THEN_HISTORY)
          .display("Resume")
          .doc(
              "How the connector continues after a lost connection or a restart."
                  + " transfer-then-history transfers its subscription with all values that the"
                  + " server queued, and reads values that the server no longer has from history."
                  + " It needs the same user as before, and for an anonymous user a signed"
                  + " connection; a server that does not transfer is not asked again. history never"
                  + " requests a transfer: it creates new subscriptions, deletes them when the task"
                  + " stops, and reads missing values from history. off starts over: values may be"
                  + " duplicated, and missing values are not reported.");

  public static final Key<History> HISTORY =
      Key.choice("opcua.history.mode", History.class, History.AUTO)
          .display("History")
          .doc(
              "Whether missing values are read from the server's history. auto: for nodes whose"
                  + " access level allows it. required: the connector does not run with nodes that"
                  + " do not allow it. off: the gap is reported only.");

  /** Empty for no history before the first value. */
  public static final Key<Optional<Duration>> HISTORY_START =
      millis("opcua.history.start.ms")
          .display("History before the start (ms)")
          .doc(
              "For nodes that are read for the first time: how far back their history is read, in"
                  + " milliseconds; 0 for none.");

  /** Empty for no limit. */
  public static final Key<Optional<Duration>> MAX_GAP =
      millis("opcua.history.max.gap.ms")
          .display("Longest gap (ms)")
          .doc(
              "Maximum time to read from history, in milliseconds; 0 for no limit. For a longer gap"
                  + " the connector reads the end and reports the beginning as missing.");

  public static final Key<Duration> SETTLE =
      millis("opcua.history.settle.ms")
          .as(duration -> duration.orElse(Duration.ZERO))
          .display("Settle time (ms)")
          .doc(
              "For historians that store values late: how long to wait before history is read, in"
                  + " milliseconds. New values of the node wait too.");

  public static final Key<Integer> VALUES_PER_NODE =
      Key.integer("opcua.history.values.per.node", 1000, 2, 1_000_000)
          .importance(Importance.LOW)
          .display("Values of a node in an answer")
          .doc("Maximum values of one node in one response.");

  public static final Key<Integer> NODES_PER_CALL =
      Key.integer("opcua.history.nodes.per.call", 100, 1, 100_000)
          .importance(Importance.LOW)
          .display("Nodes in a history request")
          .doc("Maximum nodes in one request. A lower limit of the server takes precedence.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA resume",
          RESUME,
          HISTORY,
          HISTORY_START,
          MAX_GAP,
          SETTLE,
          VALUES_PER_NODE,
          NODES_PER_CALL);

  private OpcUaResumeConfig() {}

  private static Key<Optional<Duration>> millis(String name) {
    return Key.optionalMillis(name, 0, MAX).importance(Importance.LOW);
  }

  /** Whether stored offsets are used. */
  public static boolean resumes(Configuration config) {
    return config.get(RESUME) != Resume.OFF;
  }
}
