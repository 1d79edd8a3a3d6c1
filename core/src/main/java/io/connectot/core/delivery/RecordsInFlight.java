// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts the records that the worker took and Kafka does not have yet, and bounds them. The
 * producer bounds bytes on their way to Kafka, and a record of few bytes takes a hundred times as
 * much of the worker's heap. Thread-safe, but for {@link #room}.
 */
public final class RecordsInFlight {
  /** At 2 KB each a small part of any worker's heap, and more than a busy broker leaves waiting. */
  static final int MOST = 20_000;

  /**
   * A worker that commits transactions at intervals of time looks at the time only when it got
   * records: without any it would wait for ever.
   */
  static final int TRICKLE = 500;

  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier ticker;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong done = new AtomicLong();

  /** What was done when there was no room, and since when; owned by the task's thread. */
  private long doneThen = -1;

  private long sinceNanos;

  /**
   * @param ticker nanoseconds from an arbitrary origin
   */
  public RecordsInFlight(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** The worker took records. */
  public void taken(int count) {
    taken.addAndGet(count);
  }

  /** Kafka has a record, or does not get it. */
  public void done() {
    done.incrementAndGet();
  }

  /** How many there are. */
  public long count() {
    return taken.get() - done.get();
  }

  /**
   * How many records the worker may take now. For the task's thread.
   *
   * @param most at most so many
   * @return 0 while Kafka has to take others first
   */
  public int room(int most) {
    long free = MOST - count();
    if (free > 0) {
      return (int) Math.min(most, free);
    }
    long now = ticker.getAsLong();
    long doneNow = done.get();
    if (doneNow != doneThen) {
      doneThen = doneNow;
      sinceNanos = now;
      return 0;
    }
    if (now - sinceNanos < STUCK_NANOS) {
      return 0;
    }
    sinceNanos = now;
    return Math.min(most, TRICKLE);
  }
}
