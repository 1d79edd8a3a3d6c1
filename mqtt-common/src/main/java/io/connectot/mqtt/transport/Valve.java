// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.io.InterruptedIOException;

/**
 * Holds a reader back, so that the broker is slowed down by TCP's own flow control. Thread-safe.
 */
final class Valve {
  private final Object lock = new Object();

  /** Both written under {@link #lock}. */
  private volatile boolean shut;

  private boolean broken;

  /** Holds the reader back when it passes next. */
  void shut() {
    synchronized (lock) {
      shut = !broken;
    }
  }

  /** Lets the reader go on. */
  void open() {
    synchronized (lock) {
      shut = false;
      lock.notifyAll();
    }
  }

  /** Lets the reader go on for good. */
  void breakOpen() {
    synchronized (lock) {
      broken = true;
      open();
    }
  }

  boolean isShut() {
    return shut;
  }

  /** Returns when the reader may go on. */
  void pass() throws InterruptedIOException {
    if (!shut) {
      return;
    }
    synchronized (lock) {
      try {
        while (shut) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
