// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Counts the messages that are received and not acknowledged. When the window is full, reading from
 * the broker pauses until half of it is free. Thread-safe.
 */
final class InFlightWindow {
  private final int maxMessages;
  private final long maxBytes;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition half = lock.newCondition();

  /** Whether a thread waits for half of the window; written under {@link #lock}. */
  private volatile boolean awaited;

  /** The connection whose reading is paused; null for none. Written under {@link #lock}. */
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
   * Adds a message.
   *
   * @return whether the window is full
   */
  boolean add(long size) {
    int count = messages.incrementAndGet();
    long sum = bytes.addAndGet(size);
    return count >= maxMessages || sum >= maxBytes;
  }

  /** Removes a message. */
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
   * Pauses reading from a connection until half of the window is free.
   *
   * @return whether it was not paused before
   */
  boolean pause(SessionConnection connection) {
    lock.lock();
    try {
      boolean first = paused != connection;
      if (first) {
        pauses++;
      }
      paused = connection;
      connection.reading(false);
      // The window may have emptied before the pause was visible.
      resumeIfHalfFree();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** How often reading was paused. */
  long pauses() {
    lock.lock();
    try {
      return pauses;
    } finally {
      lock.unlock();
    }
  }

  boolean isPaused() {
    return paused != null;
  }

  /** Forgets the paused connection, which has ended. */
  void unpause() {
    lock.lock();
    try {
      paused = null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether far more arrived than allowed, as from a connection that cannot be paused. */
  boolean isOverrun() {
    return messages.get() > 2L * maxMessages || (bytes.get() > 2 * maxBytes && messages.get() > 1);
  }

  boolean isHalfFree() {
    return messages.get() <= maxMessages / 2 && bytes.get() <= maxBytes / 2;
  }

  /**
   * Waits until half of the window is free.
   *
   * @param cancelled ends the wait when true; checked after {@link #wake}
   */
  void awaitHalfFree(BooleanSupplier cancelled) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited = true;
      while (!isHalfFree() && !cancelled.getAsBoolean()) {
        half.await();
      }
    } finally {
      awaited = false;
      lock.unlock();
    }
  }

  /** Wakes a waiting thread. */
  void wake() {
    lock.lock();
    try {
      half.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void resumeIfHalfFree() {
    SessionConnection connection = paused;
    if (connection != null && isHalfFree()) {
      paused = null;
      connection.reading(true);
    }
  }
}
