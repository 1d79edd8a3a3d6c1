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
import java.util.function.LongSupplier;

/**
 * Time that passes only while all threads wait. One thread runs at a time, the one whose wait ends
 * first, so that hours pass in seconds and in the same order each time. Thread-safe.
 */
final class VirtualTime implements CloseGuard.Sleeper {
  private final int threads;
  private final List<Waiter> waiting = new ArrayList<>(); // guarded by this
  private int ended; // guarded by this
  private long now; // guarded by this

  private record Waiter(LongSupplier until, CountDownLatch released) {}

  /**
   * @param threads how many threads wait on this
   */
  VirtualTime(int threads) {
    this.threads = threads;
  }

  Clock clock() {
    return new Clock(InstantSource.system(), this::now);
  }

  synchronized long now() {
    return now;
  }

  /** Waits until a time, which may change while it waits. */
  void waitUntil(LongSupplier until) {
    Waiter waiter = new Waiter(until, new CountDownLatch(1));
    synchronized (this) {
      waiting.add(waiter);
      releaseNext();
    }
    try {
      waiter.released().await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A thread that waits no more. */
  synchronized void end() {
    ended++;
    releaseNext();
  }

  private synchronized void releaseNext() {
    if (waiting.isEmpty() || waiting.size() + ended < threads) {
      return;
    }
    Waiter next = waiting.get(0);
    for (Waiter other : waiting) {
      next = other.until().getAsLong() < next.until().getAsLong() ? other : next;
    }
    waiting.remove(next);
    now = Math.max(now, next.until().getAsLong());
    next.released().countDown();
  }

  @Override
  public boolean sleep(Duration duration, CountDownLatch wake) {
    long end = now() + duration.toNanos();
    waitUntil(() -> end);
    return wake.getCount() == 0;
  }
}
