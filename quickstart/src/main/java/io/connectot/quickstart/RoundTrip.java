// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Commands for the valve of the plant and what becomes of them: each names a position that none
 * before it named, so that the position the valve reports tells which command it obeyed. For one
 * thread.
 */
final class RoundTrip {
  /** The device that obeys; also the key of the command's record. */
  static final String DEVICE = "valve1";

  private static final String TAG = "position";
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int POSITIONS = 1001;

  /** Shares no divisor with the number of positions, so that every one is visited. */
  private static final int STEP = 47;

  private final Clock clock;
  private final Map<Long, Instant> pending =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
          return size() >= POSITIONS;
        }
      };
  private Instant next = Instant.MIN;
  private long sent;
  private long answered;
  private Optional<Duration> last = Optional.empty();

  RoundTrip(Clock clock) {
    this.clock = clock;
  }

  /** The command that is due, as JSON; empty when none is. */
  Optional<String> due() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return Optional.empty();
    }
    next = now.plus(INTERVAL);
    long tenths = ++sent * STEP % POSITIONS;
    pending.put(tenths, now);
    return Optional.of(String.format(Locale.ROOT, "{\"position\":%.1f}", tenths / 10.0));
  }

  /** Looks whether a measurement answers a command. */
  void take(Reading reading) {
    if (!reading.device().equals(DEVICE) || !reading.tag().equals(TAG) || !reading.isGood()) {
      return;
    }
    Instant asked = pending.remove(Math.round(Double.parseDouble(reading.value()) * 10));
    if (asked != null) {
      answered++;
      last = Optional.of(Duration.between(asked, clock.instant()));
    }
  }

  /** How many commands came back as the position that they asked for. */
  long answered() {
    return answered;
  }

  /** In words, e.g. {@code 12 commands sent, 11 obeyed, the last after 230 ms}. */
  @Override
  public String toString() {
    return sent
        + " commands sent, "
        + answered
        + " obeyed"
        + last.map(time -> ", the last after " + time.toMillis() + " ms").orElse("");
  }
}
