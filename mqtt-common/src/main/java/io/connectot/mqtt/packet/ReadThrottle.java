// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import java.io.InterruptedIOException;

/**
 * Pauses the thread that reads from the broker, so that TCP flow control slows the broker down.
 * Thread-safe.
 */
public final class ReadThrottle {
  private final Object lock = new Object();

  /** Written under {@link #lock}. */
  private volatile boolean paused;

  /** Guarded by {@link #lock}. */
  private boolean released;

  /** Blocks the reader at its next {@link #await}. No effect after {@link #release}. */
  public void pause() {
    synchronized (lock) {
      paused = !released;
    }
  }

  /** Lets the reader continue. */
  public void resume() {
    synchronized (lock) {
      paused = false;
      lock.notifyAll();
    }
  }

  /** Lets the reader continue and ignores later pauses. */
  public void release() {
    synchronized (lock) {
      released = true;
      resume();
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Blocks while paused. */
  void await() throws InterruptedIOException {
    if (!paused) {
      return;
    }
    synchronized (lock) {
      try {
        while (paused) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
