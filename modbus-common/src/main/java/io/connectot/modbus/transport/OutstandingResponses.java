// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tracks units with an outstanding response on a line whose frames carry no transaction identifier.
 * There a late response looks like the response to the next request, even after a new connection to
 * a serial device server. A unit that did not answer is not asked again until its late response
 * would have arrived and can be discarded; other units can be asked at once, because frames name
 * their unit. For the owner's thread.
 */
final class OutstandingResponses {
  private final Duration quarantine;
  private final Clock clock;
  private final Map<Integer, Long> outstandingUntil = new HashMap<>();

  /**
   * @param quarantine how long a late response is waited for after a request was given up; one that
   *     comes later still cannot be told from the next
   */
  OutstandingResponses(Duration quarantine, Clock clock) {
    this.quarantine = quarantine;
    this.clock = clock;
  }

  /** The time until a request to the unit may be sent. */
  Duration waitBefore(int unit) {
    if (outstandingUntil.isEmpty()) {
      return Duration.ZERO;
    }
    long now = clock.tick();
    outstandingUntil.values().removeIf(until -> until - now <= 0);
    Long until = outstandingUntil.get(unit);
    return until == null ? Duration.ZERO : Duration.ofNanos(until - now);
  }

  /** Records that a request to the unit timed out or failed. */
  void unanswered(int unit) {
    outstandingUntil.put(unit, clock.tick() + quarantine.toNanos());
  }
}
