// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.connection;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread of one connection. All calls to the driver run on it, so that a caller can stop
 * waiting for a driver that does not return. Thread-safe.
 */
public final class ConnectionThread {
  /** The time limit of an orderly close; Netty alone takes two seconds. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

  private static final Executor AFTER_CLOSE_TIMEOUT =
      CompletableFuture.delayedExecutor(
          CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);

  private final ConnectionSupplier supplier;
  private final Thread thread;
  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Object lock = new Object();
  private boolean ended; // guarded by lock
  private boolean callInProgress; // guarded by lock

  /** Null before the first call. Written by the thread, under the lock. */
  private volatile DriverConnection connection;

  /**
   * @param supplier called on the thread, because it may resolve a host name
   */
  ConnectionThread(ConnectionSupplier supplier, String name) {
    this.supplier = supplier;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Creates the connection. */
  interface ConnectionSupplier {
    DriverConnection get() throws LineException;
  }

  /** A call to the driver. */
  public interface DriverCall<T> {
    T on(DriverConnection connection)
        throws DriverException, TimeoutException, InterruptedException;
  }

  /**
   * Calls the driver on the thread and waits for the result.
   *
   * @param limit the longest time to wait
   * @throws DriverException when the driver failed; its cause is a {@link LineException} when the
   *     connection could not be created
   * @throws TimeoutException when the call did not return in time; the connection must then be
   *     abandoned
   * @throws InterruptedException when the caller is interrupted or the connection closed
   */
  public <T> T call(DriverCall<T> driverCall, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    Callable<T> call = () -> driverCall.on(connection());
    FutureTask<T> task = new FutureTask<>(call);
    synchronized (lock) {
      if (ended) {
        throw new InterruptedException("the connection is closed");
      }
      callInProgress = true;
      tasks.add(task);
    }
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof DriverException failure) {
        throw failure;
      } else if (cause instanceof TimeoutException timeout) {
        throw timeout;
      } else if (cause instanceof InterruptedException) {
        throw new InterruptedException("the connection was closed");
      } else if (cause instanceof Error error) {
        throw error;
      }
      throw new DriverException("the driver failed: " + cause, cause);
    } catch (java.util.concurrent.CancellationException e) {
      throw new InterruptedException("the connection was closed");
    } finally {
      synchronized (lock) {
        callInProgress = false;
      }
    }
  }

  /** Whether the driver reports the connection as open. */
  boolean isConnected() {
    DriverConnection made = connection;
    return made != null && made.isConnected();
  }

  /** Whether the thread still runs. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Waits until the thread ends, at most {@code limit}. */
  void awaitEnd(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
  }

  /** Closes the connection, in an orderly way if no call is in progress. Does not wait. */
  void close() {
    synchronized (lock) {
      if (ended) {
        return;
      }
      if (!callInProgress) {
        ended = true;
        tasks.add(new FutureTask<>(this::closeConnection, null));
        AFTER_CLOSE_TIMEOUT.execute(this::force);
        return;
      }
    }
    abandon();
  }

  /** Terminates a connection that did not answer. Does not wait. */
  void abandon() {
    synchronized (lock) {
      ended = true;
    }
    force();
  }

  private void force() {
    if (thread.isAlive()) {
      kill();
      thread.interrupt();
      tasks.forEach(task -> task.cancel(true));
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        FutureTask<?> task = tasks.take();
        task.run();
        synchronized (lock) {
          if (ended && tasks.isEmpty()) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kill();
    }
  }

  private DriverConnection connection() throws DriverException, InterruptedException {
    if (connection == null) {
      DriverConnection made;
      try {
        made = supplier.get();
      } catch (LineException e) {
        throw new DriverException(e.getMessage(), e);
      }
      synchronized (lock) {
        connection = made;
        if (ended) {
          throw new InterruptedException("the connection is closed");
        }
      }
    }
    return connection;
  }

  private void closeConnection() {
    if (connection != null) {
      connection.close();
    }
  }

  private void kill() {
    DriverConnection made = connection;
    if (made != null) {
      made.kill();
    }
  }
}
