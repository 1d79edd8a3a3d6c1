// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.time.Duration;
import java.util.Optional;

/**
 * When a value is worth a record.
 *
 * @param mode every value, or only changes
 * @param deadband how far a number has to move to count as a change; with {@link Mode#ALL} unused
 * @param heartbeat the longest time without a record for the tag while it is read; empty for none
 */
public record ReportPolicy(Mode mode, Deadband deadband, Optional<Duration> heartbeat) {
  /** Reports every value. */
  public static final ReportPolicy ALL =
      new ReportPolicy(Mode.ALL, Deadband.NONE, Optional.empty());

  /** Which values are reported. */
  public enum Mode {
    ALL,
    CHANGES
  }

  /**
   * The distance from the last reported number within which a number counts as unchanged.
   *
   * @param size zero or more: in the value's own unit, or per cent of the last reported number
   * @param percent whether {@code size} is per cent
   */
  public record Deadband(double size, boolean percent) {
    /** Any difference is a change. */
    public static final Deadband NONE = new Deadband(0, false);

    public Deadband {
      if (!Double.isFinite(size) || size < 0) {
        throw new IllegalArgumentException("deadband must be 0 or more, but is " + size);
      }
    }
  }
}
