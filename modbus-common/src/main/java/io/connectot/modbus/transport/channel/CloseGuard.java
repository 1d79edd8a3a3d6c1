// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what the owner of a connection waits for (a connection attempt, a response or a pause) as
 * soon as any thread calls {@link #close}. The guard can be used again after that.
 */
public final class CloseGuard {
  /** Sleeps on the machine's clock. */
  public static final Sleeper SYSTEM_SLEEPER =
      (duration, wake) -> wake.await(duration.toNanos(), TimeUnit.NANOSECONDS);

  private final Sleeper sleeper;
  private final Object lock = new Object();
  private Call current; // guarded by lock
  private Closeable held; // guarded by lock

  public CloseGuard(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Waits for a duration, so that tests need not. Thread-safe. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * Waits.
     *
     * @param wake ends the wait when it opens
     * @return whether {@code wake} ended the wait
     */
    boolean sleep(Duration duration, CountDownLatch wake) throws InterruptedException;
  }

  /** Starts a call of the owner, which a later {@link #close} ends. */
  public Call begin() {
    synchronized (lock) {
      current = new Call();
      return current;
    }
  }

  /** Ends the current call and closes the resource that it holds. */
  public void close() {
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

  /** Closes a resource and ignores failures; does nothing for null. */
  public static void closeQuietly(Closeable closing) {
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // The resource is given up either way.
      }
    }
  }

  /** One call of the owner. For the owner's thread. */
  public final class Call {
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Registers the resource that {@link #close} closes, in place of the one held before.
     *
     * @throws ConnectionClosedException when close was called already; the resource is closed then
     */
    public void hold(Closeable resource) throws ConnectionClosedException {
      synchronized (lock) {
        if (closed.getCount() > 0) {
          held = resource;
          return;
        }
      }
      closeQuietly(resource);
      throw new ConnectionClosedException();
    }

    /** Whether {@link #close} was called during this call. */
    public boolean isClosed() {
      return closed.getCount() == 0;
    }

    /**
     * Waits; returns at once for a duration that is not positive.
     *
     * @throws ConnectionClosedException when the connection is closed or the thread interrupted
     */
    public void sleep(Duration duration) throws ConnectionClosedException {
      if (duration.isZero() || duration.isNegative()) {
        return;
      }
      try {
        if (sleeper.sleep(duration, closed)) {
          throw new ConnectionClosedException();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConnectionClosedException();
      }
    }
  }
}
