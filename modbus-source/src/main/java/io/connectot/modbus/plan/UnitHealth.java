// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The units behind one connection that do not answer. Such a unit is asked at growing intervals
 * only, so that its timeout does not delay every scan of the other units. One instance per session;
 * for one thread at a time.
 */
public final class UnitHealth {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Map<Integer, Silence> silent = new HashMap<>();
  private final Duration longestPause;
  private LastSilence lastSilence;

  private record Silence(String status, Backoff backoff, long untilTick) {}

  /**
   * @param longestPause the cap of the growing interval
   */
  public UnitHealth(Duration longestPause) {
    this.longestPause = longestPause;
  }

  /** The status of a unit that must not be asked now; null when it may be asked. */
  String silence(int unit, long tick) {
    Silence silence = silent.get(unit);
    return silence == null || silence.untilTick() - tick <= 0 ? null : silence.status();
  }

  /** The last unit that did not answer. */
  public record LastSilence(int unit, String status, long tick) {}

  /** The last unit that did not answer; null when all did. */
  public LastSilence lastSilence() {
    return lastSilence;
  }

  /** Records that the unit did not answer, which took time. */
  void silent(int unit, String status, long tick) {
    lastSilence = new LastSilence(unit, status, tick);
  }

  /** Records that the unit did not answer and is asked at growing intervals. */
  void failed(int unit, String status, long tick) {
    Silence before = silent.get(unit);
    Backoff backoff = before == null ? newBackoff() : before.backoff();
    silent.put(unit, new Silence(status, backoff, tick + backoff.nextNanos()));
  }

  /** Without jitter: the units of one line are asked one after the other in any case. */
  private Backoff newBackoff() {
    Duration first = FIRST_PAUSE.compareTo(longestPause) < 0 ? FIRST_PAUSE : longestPause;
    return new Backoff(first, longestPause, () -> 0);
  }

  /** Records that the unit answered. */
  void answered(int unit) {
    silent.remove(unit);
  }
}
