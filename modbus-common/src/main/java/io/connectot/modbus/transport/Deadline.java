// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The instant at which a request or a connection attempt is over, however many reads it takes: a
 * socket's own time-out starts again with every byte that drips in.
 */
final class Deadline {
  private final LinkClock clock;
  private final long end;

  private Deadline(LinkClock clock, long end) {
    this.clock = clock;
    this.end = end;
  }

  static Deadline in(Duration duration, LinkClock clock) {
    return new Deadline(clock, clock.nanoTime() + duration.toNanos());
  }

  /** What is left, never zero, which a socket would take for "for ever". */
  int remainingMillis() throws SocketTimeoutException {
    long nanos = end - clock.nanoTime();
    if (nanos <= 0) {
      throw new SocketTimeoutException("the time is over");
    }
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
  }
}
