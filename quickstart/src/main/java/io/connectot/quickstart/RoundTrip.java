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
 * Commands for the valve of the plant and the responses to them. Each command contains a position
 * that no earlier command contained, so that the position in the valve's response identifies the
 * command. For one thread.
 */
final class RoundTrip {
  /** The device that receives the commands; also the key of the command's record. */
  static final String DEVICE = "valve1";

  private static final String TAG = "position";
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int POSITIONS = 1001;

  /** Coprime to the number of positions, so that every position occurs. */
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

  /** The next command as JSON; empty if none is due. */
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

  /** Checks whether a measurement is the response to a command. */
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

  /** The number of commands whose position was reported back. */
  long answered() {
    return answered;
  }

  /** A summary, e.g. {@code 12 commands sent, 11 obeyed, the last after 230 ms}. */
  @Override
  public String toString() {
    return sent
        + " commands sent, "
        + answered
        + " obeyed"
        + last.map(time -> ", the last after " + time.toMillis() + " ms").orElse("");
  }
}
