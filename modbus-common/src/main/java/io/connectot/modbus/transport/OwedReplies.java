// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers which units still owe a reply on a line whose frames carry no transaction. A late reply
 * there looks like the reply to the next request, even after a new connection to a serial device
 * server. A unit that did not answer is left alone until its late reply, if there is one, has
 * arrived and can be thrown away; other units can be asked at once, because frames name their unit.
 * For the owner's thread.
 */
final class OwedReplies {
  private final Duration quarantine;
  private final LinkClock clock;
  private final Map<Integer, Long> owedUntil = new HashMap<>();

  /**
   * @param quarantine how long a late reply is waited for after a request was given up; one that
   *     comes later still cannot be told from the next
   */
  OwedReplies(Duration quarantine, LinkClock clock) {
    this.quarantine = quarantine;
    this.clock = clock;
  }

  /** The wait before the unit may be asked. */
  Duration waitBefore(int unit) {
    if (owedUntil.isEmpty()) {
      return Duration.ZERO;
    }
    long now = clock.nanoTime();
    owedUntil.values().removeIf(until -> until - now <= 0);
    Long until = owedUntil.get(unit);
    return until == null ? Duration.ZERO : Duration.ofNanos(until - now);
  }

  /** Notes that a request was sent and given up. */
  void unanswered(int unit) {
    owedUntil.put(unit, clock.nanoTime() + quarantine.toNanos());
  }
}
