// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.transport.channel.CloseGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A clock that only moves when it is advanced or slept on. For one thread. */
final class SteppedClock implements CloseGuard.Sleeper {
  private final List<Duration> sleeps = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000_000_000L;

  Clock clock() {
    return new Clock(InstantSource.system(), () -> now);
  }

  void advance(Duration duration) {
    now += duration.toNanos();
  }

  /** The duration of each sleep. */
  List<Duration> sleeps() {
    return sleeps;
  }

  @Override
  public boolean sleep(Duration duration, CountDownLatch wake) {
    sleeps.add(duration);
    advance(duration);
    return wake.getCount() == 0;
  }
}
