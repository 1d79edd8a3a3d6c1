// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which units of a connection do not answer at the moment. A silent unit is asked at growing
 * intervals only, so that it does not take a timeout out of every scan of the others. One for a
 * session; for one thread at a time.
 */
public final class UnitHealth {
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<Integer, Silence> silent = new HashMap<>();
  private final long longestPauseNanos;

  private record Silence(String status, long pauseNanos, long untilTick) {}

  /**
   * @param longestPause the cap of the growing interval
   */
  public UnitHealth(Duration longestPause) {
    this.longestPauseNanos = longestPause.toNanos();
  }

  /** Why the unit is not to be asked now; null when it may be. */
  String silence(int unit, long tick) {
    Silence silence = silent.get(unit);
    return silence == null || silence.untilTick() - tick <= 0 ? null : silence.status();
  }

  /** The unit did not answer. */
  void failed(int unit, String status, long tick) {
    Silence before = silent.get(unit);
    long pause =
        Math.min(longestPauseNanos, before == null ? FIRST_PAUSE_NANOS : 2 * before.pauseNanos());
    silent.put(unit, new Silence(status, pause, tick + pause));
  }

  /** The unit answered. */
  void answered(int unit) {
    silent.remove(unit);
  }
}
