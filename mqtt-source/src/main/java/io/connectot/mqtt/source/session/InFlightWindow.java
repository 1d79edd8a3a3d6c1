// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much is received and not acknowledged, and how much may be. Whoever fills it stops reading
 * from the broker until half of it is free again. Thread-safe.
 */
final class InFlightWindow {
  private final int maxMessages;
  private final long maxBytes;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition half = lock.newCondition();

  /** Whether somebody wants to hear that half is free; written under {@link #lock}. */
  private volatile boolean awaited;

  /** The connection that is not read; null when reading goes on. Written under {@link #lock}. */
  private volatile SessionConnection paused;

  private long pauses; // guarded by lock

  InFlightWindow(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  int messages() {
    return messages.get();
  }

  long bytes() {
    return bytes.get();
  }

  /**
   * Counts a message.
   *
   * @return whether the window is full with it
   */
  boolean add(long size) {
    int count = messages.incrementAndGet();
    long sum = bytes.addAndGet(size);
    return count >= maxMessages || sum >= maxBytes;
  }

  /** Takes a message out of the count. */
  void remove(long size) {
    messages.decrementAndGet();
    bytes.addAndGet(-size);
    if ((awaited || paused != null) && isHalfFree()) {
      lock.lock();
      try {
        half.signalAll();
        resumeIfHalfFree();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Stops reading from a connection until half of the window is free.
   *
   * @return whether it was read before
   */
  boolean pause(SessionConnection link) {
    lock.lock();
    try {
      boolean first = paused != link;
      if (first) {
        pauses++;
      }
      paused = link;
      link.reading(false);
      // It may have been emptied before anybody knew that somebody waits for it.
      resumeIfHalfFree();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** How often reading has stopped. */
  long pauses() {
    lock.lock();
    try {
      return pauses;
    } finally {
      lock.unlock();
    }
  }

  /** Whether reading has stopped. */
  boolean isPaused() {
    return paused != null;
  }

  /** The connection is over. */
  void unpause() {
    lock.lock();
    try {
      paused = null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether much more came than may, as from a connection that cannot be paused. */
  boolean isOverrun() {
    return messages.get() > 2L * maxMessages || (bytes.get() > 2 * maxBytes && messages.get() > 1);
  }

  boolean isHalfFree() {
    return messages.get() <= maxMessages / 2 && bytes.get() <= maxBytes / 2;
  }

  /** Waits until half of it is free. */
  void awaitHalfFree() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited = true;
      while (!isHalfFree()) {
        half.await();
      }
    } finally {
      awaited = false;
      lock.unlock();
    }
  }

  private void resumeIfHalfFree() {
    SessionConnection stopped = paused;
    if (stopped != null && isHalfFree()) {
      paused = null;
      stopped.reading(true);
    }
  }
}
