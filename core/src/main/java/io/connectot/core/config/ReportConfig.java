// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.spi.LineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys that say which values are worth a record. */
public final class ReportConfig {
  public static final String REPORT = "report";
  public static final String DEADBAND = "deadband";
  public static final String HEARTBEAT_MS = "heartbeat.ms";

  /** The longest time without a record that can be asked for. */
  static final Duration MAX_HEARTBEAT = Duration.ofDays(7);

  private static final String GROUP = "Reporting";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public ReportConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.choice(REPORT, Mode.class, Mode.ALL)
        .group(GROUP)
        .displayName("Report")
        .dependents(DEADBAND, HEARTBEAT_MS)
        .doc(
            "Whether every value becomes a record, or only one that differs from the last reported"
                + " one in value or quality. A tag line may say otherwise.")
        .addTo(definition);
    Option.of(DEADBAND, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("0 or more, or per cent, e.g. 5%", Deadbands::parse))
        .recommender(VisibleWhen.is(REPORT, "changes"))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Deadband")
        .width(Width.SHORT)
        .doc(
            "How far a number has to move from the last reported one to count as changed: absolute"
                + " in the unit of the value, or per cent of the last reported value. Needs"
                + " report=changes. A tag line may say otherwise.")
        .addTo(definition);
    Option.of(HEARTBEAT_MS, ConfigDef.Type.LONG)
        .defaultValue(0L)
        .validator(Checks.between(0, MAX_HEARTBEAT.toMillis()))
        .recommender(VisibleWhen.is(REPORT, "changes"))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Heartbeat (ms)")
        .width(Width.SHORT)
        .doc(
            "The longest time without a record for a tag that is read but does not change, in"
                + " milliseconds; 0 for no limit. Needs report=changes. A tag line may say"
                + " otherwise with 'heartbeat'.")
        .addTo(definition);
    return definition;
  }

  /** When a value is worth a record unless the tag's line says otherwise. */
  public ReportPolicy reportPolicy() {
    Mode mode = Choice.get(config, REPORT, Mode.class);
    return mode == Mode.ALL ? ReportPolicy.ALL : new ReportPolicy(mode, deadband(), heartbeat());
  }

  private Deadband deadband() {
    String text = config.getString(DEADBAND);
    if (text == null || text.isBlank()) {
      return Deadband.NONE;
    }
    try {
      return Deadbands.parse(text);
    } catch (LineException e) {
      throw new ConfigException(DEADBAND, text, e.getMessage());
    }
  }

  private Optional<Duration> heartbeat() {
    long millis = config.getLong(HEARTBEAT_MS);
    return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /** What the keys contradict each other in. */
  List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>();
    if (Choice.get(config, REPORT, Mode.class) == Mode.ALL) {
      if (!deadband().equals(Deadband.NONE)) {
        problems.add(new ConfigError(DEADBAND, needsChanges("deadband")));
      }
      if (heartbeat().isPresent()) {
        problems.add(new ConfigError(HEARTBEAT_MS, needsChanges("heartbeat")));
      }
    }
    return problems;
  }

  private static String needsChanges(String what) {
    return "has no effect while every value is reported; add report=changes, or write "
        + what
        + "=... on the lines of the tags it is for";
  }
}
