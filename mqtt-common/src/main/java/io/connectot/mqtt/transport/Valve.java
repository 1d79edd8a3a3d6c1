// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Holds a reader back, so that the broker is slowed down by TCP's own flow control. Thread-safe.
 */
final class Valve {
  private final Object lock = new Object();

  /** Both written under {@link #lock}. */
  private volatile boolean shut;

  private boolean broken;

  /** Holds the reader back at its next read. */
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

  InputStream guard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        await();
        return in.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        await();
        return in.read(target, offset, length);
      }
    };
  }

  private void await() throws IOException {
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
