// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say which values are worth a record. */
public final class ReportConfig {
  /** The longest time without a record that can be asked for. */
  static final Duration MAX_HEARTBEAT = Duration.ofDays(7);

  public static final Key<Mode> REPORT =
      Key.choice("report", Mode.class, Mode.ALL)
          .display("Report")
          .doc(
              "Whether every value becomes a record, or only a value that differs from the last"
                  + " reported one in value or quality. A tag line can override it.");

  public static final Key<Deadband> DEADBAND =
      Key.optional("deadband", null, "0 or more, or a percentage, e.g. 5%", Deadbands::parse)
          .as(deadband -> deadband.orElse(Deadband.NONE))
          .visibleWhen(REPORT, Mode.CHANGES)
          .importance(Importance.LOW)
          .display("Deadband")
          .width(Width.SHORT)
          .doc(
              "How far a number must move from the last reported one to count as changed: absolute"
                  + " in the unit of the value, or a percentage of the last reported value. Needs"
                  + " report=changes. A tag line can override it.");

  public static final Key<Optional<Duration>> HEARTBEAT =
      Key.optionalMillis("heartbeat.ms", 0, MAX_HEARTBEAT)
          .visibleWhen(REPORT, Mode.CHANGES)
          .importance(Importance.LOW)
          .display("Heartbeat (ms)")
          .doc(
              "Maximum time without a record for a tag that is read but does not change, in"
                  + " milliseconds; 0 for no limit. Needs report=changes. A tag line can override"
                  + " it with 'heartbeat'.");

  public static final Keys KEYS = Keys.group("Reporting", REPORT, DEADBAND, HEARTBEAT);

  private ReportConfig() {}

  /** When a value is worth a record unless the tag's line says otherwise. */
  public static ReportPolicy policy(Configuration config) {
    Mode mode = config.getOrDefault(REPORT);
    return mode == Mode.ALL
        ? ReportPolicy.ALL
        : new ReportPolicy(mode, config.getOrDefault(DEADBAND), config.getOrDefault(HEARTBEAT));
  }

  /** The contradictions between the keys. */
  public static List<ConfigError> check(Configuration config) {
    List<ConfigError> errors = new ArrayList<>();
    if (config.get(REPORT) == Mode.ALL) {
      if (!config.get(DEADBAND).equals(Deadband.NONE)) {
        errors.add(new ConfigError(DEADBAND, needsChanges("deadband")));
      }
      if (config.get(HEARTBEAT).isPresent()) {
        errors.add(new ConfigError(HEARTBEAT, needsChanges("heartbeat")));
      }
    }
    return errors;
  }

  private static String needsChanges(String what) {
    return "has no effect while every value is reported; add report=changes, or write "
        + what
        + "=... on the tag lines it applies to";
  }
}
