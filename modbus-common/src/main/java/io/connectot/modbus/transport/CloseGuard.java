// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lets {@link #close} of any thread end at once what the owner of a link waits for: a connection
 * attempt, a reply or a pause. A guard can be used again after it was closed, as links can.
 */
final class CloseGuard {
  private final LinkClock clock;
  private final Object lock = new Object();
  private Call current; // guarded by lock
  private Closeable held; // guarded by lock

  CloseGuard(LinkClock clock) {
    this.clock = clock;
  }

  /** Starts a call of the owner, which a later {@link #close} ends. */
  Call begin() {
    synchronized (lock) {
      current = new Call();
      return current;
    }
  }

  /** Ends the call under way and closes what the guard holds. */
  void close() {
    Closeable closing;
    synchronized (lock) {
      if (current != null) {
        current.closed.countDown();
      }
      closing = held;
      held = null;
    }
    closeQuietly(closing);
  }

  /** Closes what there is to close; what fails on the way out is of no use to anybody. */
  static void closeQuietly(Closeable closing) {
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // The resource is given up either way.
      }
    }
  }

  /** One call of the owner. For the owner's thread. */
  final class Call {
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes {@link #close} close a resource, in place of the one held before.
     *
     * @throws LinkClosedException when it came already; the resource is closed then
     */
    void hold(Closeable resource) throws LinkClosedException {
      synchronized (lock) {
        if (closed.getCount() > 0) {
          held = resource;
          return;
        }
      }
      closeQuietly(resource);
      throw new LinkClosedException();
    }

    /** Whether {@link #close} came during this call. */
    boolean isClosed() {
      return closed.getCount() == 0;
    }

    /**
     * Waits; does nothing for a duration that is not positive.
     *
     * @throws LinkClosedException when the link is closed or the thread interrupted meanwhile
     */
    void sleep(Duration duration) throws LinkClosedException {
      if (duration.isZero() || duration.isNegative()) {
        return;
      }
      try {
        if (clock.sleep(duration, closed)) {
          throw new LinkClosedException();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LinkClosedException();
      }
    }
  }
}
