// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A clock that stands still until it is told or slept on. For one thread. */
final class SteppedClock implements LinkClock {
  private final List<Duration> sleeps = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000_000_000L;

  void advance(Duration duration) {
    now += duration.toNanos();
  }

  /** How long was slept, each time. */
  List<Duration> sleeps() {
    return sleeps;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public boolean sleep(Duration duration, CountDownLatch wake) {
    sleeps.add(duration);
    advance(duration);
    return wake.getCount() == 0;
  }
}
