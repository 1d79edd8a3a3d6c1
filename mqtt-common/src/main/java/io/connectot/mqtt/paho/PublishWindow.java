// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many publications are on their way, and how many may be. Thread-safe. */
final class PublishWindow {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as the others; 0 before the broker said how many. */
  private int size;

  private int used;
  private boolean closed;

  /** Lets publications through, up to {@code newSize} at a time. */
  void open(int newSize) {
    lock.lock();
    try {
      size = newSize;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean tryAcquire() {
    lock.lock();
    try {
      if (closed || used >= size) {
        return false;
      }
      used++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      used--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is room within the time; false also once closed. */
  boolean await(Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && used >= size) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  int used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing through any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
