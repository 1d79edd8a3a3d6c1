// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.opcua.settings.ResumeSettings.History;
import io.connectot.opcua.settings.ResumeSettings.Resume;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of what happens to values that the connector was not there to receive. */
public final class OpcUaResumeConfig {
  public static final String RESUME_MODE = "opcua.resume.mode";
  public static final String HISTORY_MODE = "opcua.history.mode";
  public static final String HISTORY_START_MS = "opcua.history.start.ms";
  public static final String HISTORY_MAX_GAP_MS = "opcua.history.max.gap.ms";
  public static final String HISTORY_SETTLE_MS = "opcua.history.settle.ms";
  public static final String HISTORY_VALUES_PER_NODE = "opcua.history.values.per.node";
  public static final String HISTORY_NODES_PER_CALL = "opcua.history.nodes.per.call";

  private static final String GROUP = "OPC UA resume";
  private static final long YEAR_MS = 366L * 86_400_000;

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaResumeConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    Option.choice(RESUME_MODE, Resume.class, Resume.TRANSFER_THEN_HISTORY)
        .importance(Importance.MEDIUM)
        .group(GROUP)
        .displayName("Resume")
        .doc(
            "How the connector goes on after the connection was lost or the task was started again."
                + " transfer-then-history takes over its subscription with everything that the"
                + " server queued, and reads what the server no longer has from history. It needs"
                + " the same user as before, and if anonymous then a signed connection. history"
                + " makes new subscriptions at once. off begins anew: values may come twice, and"
                + " nothing is said of what is missing.")
        .addTo(definition);
    Option.choice(HISTORY_MODE, History.class, History.AUTO)
        .importance(Importance.MEDIUM)
        .group(GROUP)
        .displayName("History")
        .doc(
            "Whether values that are missing are read from the server's history. auto does for"
                + " nodes whose access level allows it; required does not run with nodes that do"
                + " not; off only reports the gap.")
        .addTo(definition);
    millis(HISTORY_START_MS, 0, "History before the start (ms)")
        .doc(
            "For nodes that are read for the first time: how far back their history is read, in"
                + " milliseconds; 0 for not at all.")
        .addTo(definition);
    millis(HISTORY_MAX_GAP_MS, 0, "Longest gap (ms)")
        .doc(
            "The longest time that is filled from history, in milliseconds; 0 for any. Of a longer"
                + " gap, the end is filled and the beginning reported as missing.")
        .addTo(definition);
    millis(HISTORY_SETTLE_MS, 0, "Settle time (ms)")
        .doc(
            "For historians that store values late: how long to wait before history is read, in"
                + " milliseconds. New values of the node wait too.")
        .addTo(definition);
    Option.of(HISTORY_VALUES_PER_NODE, ConfigDef.Type.INT)
        .defaultValue(1000)
        .validator(Checks.between(2, 1_000_000))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Values of a node in an answer")
        .width(Width.SHORT)
        .doc("The most values of one node in one answer.")
        .addTo(definition);
    Option.of(HISTORY_NODES_PER_CALL, ConfigDef.Type.INT)
        .defaultValue(100)
        .validator(Checks.between(1, 100_000))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Nodes in a history request")
        .width(Width.SHORT)
        .doc("The most nodes in one request. Where the server says less, that holds.")
        .addTo(definition);
  }

  private static Option millis(String key, long value, String name) {
    return Option.of(key, ConfigDef.Type.LONG)
        .defaultValue(value)
        .validator(Checks.between(0, 10 * YEAR_MS))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName(name)
        .width(Width.SHORT);
  }

  /** What the keys say. */
  public ResumeSettings settings() {
    return new ResumeSettings(
        Choice.get(config, RESUME_MODE, Resume.class),
        Choice.get(config, HISTORY_MODE, History.class),
        unlessZero(HISTORY_START_MS),
        unlessZero(HISTORY_MAX_GAP_MS),
        Duration.ofMillis(config.getLong(HISTORY_SETTLE_MS)),
        config.getInt(HISTORY_VALUES_PER_NODE),
        config.getInt(HISTORY_NODES_PER_CALL));
  }

  private Optional<Duration> unlessZero(String key) {
    long millis = config.getLong(key);
    return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }
}
