// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds the publications in flight. Thread-safe. */
final class PublishWindow {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, like the fields below; 0 until the broker announced its limit. */
  private int size;

  private int used;
  private boolean closed;

  /** Allows up to {@code newSize} publications in flight. */
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

  /** Waits for room; false on timeout and after {@link #close}. */
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

  /** Rejects all further publications. */
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
