// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The bounded queue between sessions and {@code poll()}, in records and bytes. Nothing is ever
 * dropped from inside: who finds it full waits, and where the next scan would be due before there
 * is room, does not read from the device at all. Thread-safe.
 *
 * <p>Room is claimed before a scan starts, so that the bound holds however many scans run at once.
 * A claim larger than the whole buffer is granted when the buffer is empty, for it could never be
 * otherwise.
 */
public final class RecordBuffer {
  private final int maxRecords;
  private final long maxBytes;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();

  /** All guarded by {@link #lock}. */
  private final ArrayDeque<TrackedRecord> queue = new ArrayDeque<>();

  private int usedRecords;
  private long usedBytes;
  private boolean closed;

  /**
   * @param maxBytes estimated
   */
  public RecordBuffer(int maxRecords, long maxBytes) {
    this(maxRecords, maxBytes, Duration.ofDays(1));
  }

  /**
   * For tests: a clock that is moved by hand stands still while somebody waits.
   *
   * @param patience the longest that {@link #tryClaim} waits
   */
  public RecordBuffer(int maxRecords, long maxBytes, Duration patience) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  /**
   * Claims room, waiting for it for a limited time.
   *
   * @return false when there is none after that time, or when the buffer is closed
   */
  public boolean tryClaim(int records, long bytes, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = Math.min(wait.toNanos(), patience.toNanos());
      while (!claimLocked(records, bytes)) {
        if (closed || nanos <= 0) {
          return false;
        }
        nanos = notFull.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Claims room, waiting for it.
   *
   * @throws InterruptedException when interrupted, or when the buffer is closed meanwhile
   */
  public void claim(int records, long bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!claimLocked(records, bytes)) {
        if (closed) {
          throw new InterruptedException("the task is stopping");
        }
        notFull.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Queues records in order against an earlier claim, and gives back what the claim had over. */
  public void put(List<TrackedRecord> records, int claimedRecords, long claimedBytes) {
    lock.lock();
    try {
      long bytes = 0;
      for (TrackedRecord tracked : records) {
        bytes += tracked.size();
      }
      queue.addAll(records);
      usedRecords += records.size() - claimedRecords;
      usedBytes += bytes - claimedBytes;
      if (!records.isEmpty()) {
        notEmpty.signal();
      }
      if (records.size() < claimedRecords || bytes < claimedBytes) {
        notFull.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes up to {@code max} records in order, waiting for the first at most {@code wait}.
   *
   * @return possibly empty
   */
  public List<SourceRecord> drain(int max, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = wait.toNanos();
      while (queue.isEmpty() && nanos > 0 && !closed) {
        nanos = notEmpty.awaitNanos(nanos);
      }
      int count = Math.min(max, queue.size());
      List<SourceRecord> batch = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        TrackedRecord tracked = queue.remove();
        usedBytes -= tracked.size();
        batch.add(tracked);
      }
      usedRecords -= count;
      if (count > 0) {
        notFull.signalAll();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everybody who waits; from now on nothing can be claimed. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Records queued or claimed. */
  public int records() {
    lock.lock();
    try {
      return usedRecords;
    } finally {
      lock.unlock();
    }
  }

  /** Estimated bytes queued or claimed. */
  public long bytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  private boolean claimLocked(int records, long bytes) {
    boolean fits =
        (usedRecords + records <= maxRecords && usedBytes + bytes <= maxBytes) || usedRecords == 0;
    if (closed || !fits) {
      return false;
    }
    usedRecords += records;
    usedBytes += bytes;
    return true;
  }
}
