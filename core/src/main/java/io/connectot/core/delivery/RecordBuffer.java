// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The queue between sessions and {@code poll()}, bounded in records and bytes. Never drops queued
 * records. Callers block while it is full; a scan that cannot get room before its next due time is
 * skipped. Thread-safe.
 *
 * <p>Room is claimed before a scan starts or a message is mapped, so that the bound holds however
 * many run at once. A claim larger than the whole buffer is granted when the buffer is empty, for
 * it could never be otherwise. Records of a caller that must not wait are deferred: they are queued
 * as soon as there is room, before anything that is claimed later.
 */
public final class RecordBuffer {
  private final int maxRecords;
  private final long maxBytes;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final Condition enough = lock.newCondition();

  /** Guarded by {@link #lock}, as all that follow. */
  private final RecordQueue queue = new RecordQueue();

  private final ArrayDeque<Deferred> deferred = new ArrayDeque<>();
  private int usedRecords;
  private long usedBytes;
  private boolean closed;

  /** How many records a {@link #drain} waits for that has some; 0 while none does. */
  private int awaited;

  /**
   * @param maxBytes estimated
   */
  public RecordBuffer(int maxRecords, long maxBytes) {
    this(maxRecords, maxBytes, Duration.ofDays(1));
  }

  /**
   * For tests with a manual clock, which does not advance while a thread waits.
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
          notFull.signal();
          return false;
        }
        enough.signal();
        nanos = notFull.awaitNanos(nanos);
      }
      notFull.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Claims room, waiting for it.
   *
   * @param cancelled looked at whenever {@link #wakeClaims} is called; must not block
   * @throws InterruptedException when interrupted, cancelled, or when the buffer is closed
   */
  public void claim(int records, long bytes, BooleanSupplier cancelled)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!claimLocked(records, bytes)) {
        if (closed) {
          throw new InterruptedException("the task is stopping");
        }
        if (cancelled.getAsBoolean()) {
          notFull.signal();
          throw new InterruptedException("the claim was cancelled");
        }
        enough.signal();
        notFull.await();
      }
      notFull.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes claims that wait look whether they are cancelled. */
  public void wakeClaims() {
    lock.lock();
    try {
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues records in order, at once if there is room, else as soon as there is. Never waits. What
   * the caller defers must be bounded by other means.
   *
   * @return by which they can be taken back
   */
  public Deferred defer(List<TrackedRecord> records) {
    lock.lock();
    try {
      Deferred added = new Deferred(List.copyOf(records), RecordQueue.bytes(records));
      deferred.add(added);
      queueDeferred();
      enough.signal();
      return added;
    } finally {
      lock.unlock();
    }
  }

  /** Records that are queued as soon as there is room. */
  public final class Deferred {
    private final List<TrackedRecord> records;
    private final long bytes;

    private Deferred(List<TrackedRecord> records, long bytes) {
      this.records = records;
      this.bytes = bytes;
    }

    /** Takes the records back; false when they are queued already. */
    public boolean cancel() {
      lock.lock();
      try {
        boolean cancelled = deferred.remove(this);
        if (cancelled) {
          roomFreed();
        }
        return cancelled;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Queues records in order against an earlier claim, and gives back what the claim had over. */
  public void put(List<TrackedRecord> records, int claimedRecords, long claimedBytes) {
    lock.lock();
    try {
      long bytes = queue.add(records);
      usedRecords += records.size() - claimedRecords;
      usedBytes += bytes - claimedBytes;
      if (!records.isEmpty()) {
        notEmpty.signal();
        if (awaited > 0 && queue.size() >= awaited) {
          enough.signal();
        }
      }
      if (records.size() < claimedRecords || bytes < claimedBytes) {
        roomFreed();
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
    return drain(max, wait, Duration.ZERO);
  }

  /**
   * Takes up to {@code max} records in order.
   *
   * @param wait how long to wait for the first at most
   * @param gather how long to wait altogether, once there is a first, for {@code max} records, as
   *     long as no caller waits for room
   * @return possibly empty
   */
  public List<SourceRecord> drain(int max, Duration wait, Duration gather)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = wait.toNanos();
      while (queue.isEmpty() && nanos > 0 && !closed) {
        nanos = notEmpty.awaitNanos(nanos);
      }
      gather(max, gather.toNanos() - (wait.toNanos() - nanos));
      List<SourceRecord> batch = new ArrayList<>(Math.min(max, queue.size()));
      usedBytes -= queue.drain(max, batch);
      usedRecords -= batch.size();
      if (!batch.isEmpty()) {
        roomFreed();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void gather(int max, long atMost) throws InterruptedException {
    long nanos = atMost;
    awaited = max;
    try {
      while (nanos > 0 && !isEnough(max)) {
        nanos = enough.awaitNanos(nanos);
      }
    } finally {
      awaited = 0;
    }
  }

  private boolean isEnough(int max) {
    return closed
        || queue.isEmpty()
        || queue.size() >= max
        || !deferred.isEmpty()
        || lock.hasWaiters(notFull);
  }

  /** Ends every wait; from now on nothing can be claimed. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
      enough.signalAll();
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
    if (closed || !deferred.isEmpty() || !fits(records, bytes)) {
      return false;
    }
    usedRecords += records;
    usedBytes += bytes;
    return true;
  }

  private boolean fits(int records, long bytes) {
    return (usedRecords + records <= maxRecords && usedBytes + bytes <= maxBytes)
        || usedRecords == 0;
  }

  /**
   * Wakes the claim that waits longest. One that is granted or given up wakes the next: to wake all
   * of them each time would cost more than most scans.
   */
  private void roomFreed() {
    queueDeferred();
    notFull.signal();
  }

  private void queueDeferred() {
    while (!deferred.isEmpty() && fits(deferred.peek().records.size(), deferred.peek().bytes)) {
      Deferred next = deferred.remove();
      queue.add(next.records);
      usedRecords += next.records.size();
      usedBytes += next.bytes;
      notEmpty.signal();
    }
  }
}
