// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Counts the records that the worker took and Kafka does not have yet, and bounds them. The
 * producer bounds bytes on their way to Kafka, and a record of few bytes takes a hundred times as
 * much of the worker's heap. Thread-safe, but for {@link #room}.
 *
 * <p>A worker that commits transactions at intervals ({@code transaction.boundary=interval})
 * confirms nothing before the interval is over. A bound by count would then bound the records of an
 * interval, so they are bounded by the heap that they take.
 */
public final class RecordsInFlight {
  /** At 2 KB each a small part of any worker's heap, and more than a busy broker leaves waiting. */
  static final int MOST = 20_000;

  /**
   * The most for each partition that Kafka has confirmed records of. The producer sends one batch
   * of a partition at a time: this is a large batch in flight and the next one. More records do not
   * raise the rate, and cost heap and processor time.
   */
  static final int MOST_PER_PARTITION = 8_000;

  /**
   * A worker that commits transactions at intervals of time looks at the time only when it got
   * records: without any it would wait for ever.
   */
  static final int TRICKLE = 500;

  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What a record takes beside its estimated size, once the worker keeps it for a transaction. */
  private static final long OVERHEAD_BYTES = 500;

  private final LongSupplier ticker;

  /** The most bytes; null when records are bounded by count. */
  private final LongSupplier maxBytes;

  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final ConfirmedPartitions partitions =
      new ConfirmedPartitions((MOST + MOST_PER_PARTITION - 1) / MOST_PER_PARTITION);

  /** Stays 0 when records are bounded by count. */
  private final AtomicLong bytes = new AtomicLong();

  /** What was done when there was no room, and since when; owned by the task's thread. */
  private long doneThen = -1;

  private long sinceNanos;

  /**
   * @param ticker nanoseconds from an arbitrary origin
   */
  private RecordsInFlight(LongSupplier ticker, LongSupplier maxBytes) {
    this.ticker = ticker;
    this.maxBytes = maxBytes;
  }

  /**
   * Bounds their number.
   *
   * @param ticker nanoseconds from an arbitrary origin
   */
  public static RecordsInFlight boundedByCount(LongSupplier ticker) {
    return new RecordsInFlight(ticker, null);
  }

  /**
   * Bounds the heap that they take.
   *
   * @param ticker nanoseconds from an arbitrary origin
   * @param maxBytes estimated; may change
   */
  public static RecordsInFlight boundedByBytes(LongSupplier ticker, LongSupplier maxBytes) {
    return new RecordsInFlight(ticker, maxBytes);
  }

  /** The worker took records. */
  public void taken(List<SourceRecord> records) {
    taken.addAndGet(records.size());
    if (maxBytes != null) {
      long sum = 0;
      for (SourceRecord each : records) {
        sum += bytes(each);
      }
      bytes.addAndGet(sum);
    }
  }

  /**
   * Kafka has a record, or does not get it.
   *
   * @param metadata where Kafka has it; null when it does not get it
   */
  public void done(TrackedRecord committed, RecordMetadata metadata) {
    done.incrementAndGet();
    if (metadata != null) {
      partitions.confirmed(metadata);
    }
    if (maxBytes != null) {
      bytes.addAndGet(-bytes(committed));
    }
  }

  private static long bytes(SourceRecord each) {
    return OVERHEAD_BYTES + (each instanceof TrackedRecord tracked ? tracked.size() : 0);
  }

  /** How many there are. */
  public long count() {
    return taken.get() - done.get();
  }

  /** How many records Kafka has, or does not get. */
  long doneCount() {
    return done.get();
  }

  /** Whether the worker confirms records as it goes. */
  boolean isBoundedByCount() {
    return maxBytes == null;
  }

  private int most() {
    return Math.min(MOST, MOST_PER_PARTITION * Math.max(1, partitions.count()));
  }

  /**
   * How many records the worker may take now. For the task's thread.
   *
   * @param most at most so many
   * @return 0 while Kafka has to take others first
   */
  public int room(int most) {
    long free = maxBytes == null ? most() - count() : bytes.get() < maxBytes.getAsLong() ? most : 0;
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
