// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import io.connectot.core.connection.Clock;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The instant at which a request or a connection attempt times out, however many reads it takes. A
 * socket's own timeout would start again with every byte.
 */
public final class IoDeadline {
  private final Clock clock;
  private final long end;

  private IoDeadline(Clock clock, long end) {
    this.clock = clock;
    this.end = end;
  }

  public static IoDeadline in(Duration duration, Clock clock) {
    return new IoDeadline(clock, clock.tick() + duration.toNanos());
  }

  /** The remaining time, never 0, which a socket takes as no timeout. */
  public int remainingMillis() throws SocketTimeoutException {
    long nanos = end - clock.tick();
    if (nanos <= 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
  }
}
