// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of a line that override the keys of {@link ReportConfig}. */
public final class ReportOptions {
  /** The names of the options. */
  public static final List<String> NAMES = List.of("report", "deadband", "heartbeat");

  private ReportOptions() {}

  /**
   * Reads the options of a line.
   *
   * @param type of the values; a deadband needs numbers
   * @param defaults of lines without these options
   * @throws LineException when the options cannot work
   */
  public static ReportPolicy parse(LineOptions options, ValueType type, ReportPolicy defaults)
      throws LineException {
    Optional<Mode> mode = options.choice("report", Mode.class);
    Optional<Deadband> deadband = deadband(options, type);
    Optional<Duration> heartbeat = duration(options, "heartbeat", ReportConfig.MAX_HEARTBEAT);
    boolean forChanges = deadband.isPresent() || heartbeat.isPresent();
    Deadband inherited = type.mayBeNumeric() ? defaults.deadband() : Deadband.NONE;
    if (mode.isEmpty() && !forChanges) {
      return inherited.equals(defaults.deadband())
          ? defaults
          : new ReportPolicy(defaults.mode(), inherited, defaults.heartbeat());
    }
    if (mode.isPresent() && mode.get() == Mode.ALL) {
      if (forChanges) {
        throw new LineException(
            (deadband.isPresent() ? "deadband" : "heartbeat")
                + " has no effect with report=all; write report=changes or leave it out");
      }
      return ReportPolicy.ALL;
    }
    return new ReportPolicy(
        Mode.CHANGES,
        deadband.orElse(inherited),
        heartbeat.isPresent() ? heartbeat : defaults.heartbeat());
  }

  /**
   * Takes a duration of a line.
   *
   * @throws LineException when it is longer than {@code max} or not a duration
   */
  public static Optional<Duration> duration(LineOptions options, String key, Duration max)
      throws LineException {
    Optional<Duration> duration = options.duration(key);
    if (duration.isPresent() && duration.get().compareTo(max) > 0) {
      throw new LineException(key + ": must be at most " + max.toHours() + " h");
    }
    return duration;
  }

  private static Optional<Deadband> deadband(LineOptions options, ValueType type)
      throws LineException {
    Optional<String> text = options.text("deadband");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Deadband deadband;
    try {
      deadband = Deadbands.parse(text.get());
    } catch (LineException e) {
      throw new LineException("deadband=" + text.get() + ": " + e.getMessage());
    }
    if (deadband.size() > 0 && !type.mayBeNumeric()) {
      throw new LineException("deadband needs a number, but the type is " + type.configName());
    }
    return Optional.of(deadband);
  }
}
