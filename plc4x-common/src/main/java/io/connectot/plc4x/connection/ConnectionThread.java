// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.spi.LineException;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.adapter.PlcLink;
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
 * The thread of one link: whatever is asked of the driver is asked on it, so that who waits can
 * stop waiting. Thread-safe.
 */
final class LinkOwner {
  /** How long a driver may take to say good-bye; netty alone takes two seconds. */
  private static final Duration GOODBYE = Duration.ofSeconds(4);

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);

  private final LinkMaker maker;
  private final Thread thread;
  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Object lock = new Object();
  private boolean over; // guarded by lock
  private boolean busy; // guarded by lock

  /** Null before the first question. Written by the thread, under the lock. */
  private volatile PlcLink link;

  /**
   * @param maker called on the thread, for it may look up the name of a host
   */
  LinkOwner(LinkMaker maker, String name) {
    this.maker = maker;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Makes the link. */
  interface LinkMaker {
    PlcLink make() throws LineException;
  }

  /** Something to ask of the driver. */
  interface Question<T> {
    T ask(PlcLink link) throws PlcFailure, TimeoutException, InterruptedException;
  }

  /**
   * Asks the driver.
   *
   * @param limit the longest time to wait
   * @throws PlcFailure when the driver failed; its cause is a {@link LineException} when there was
   *     no link to be made
   * @throws TimeoutException when there was no answer; the link is not fit for use then
   * @throws InterruptedException when the caller is interrupted, or the link closed meanwhile
   */
  <T> T ask(Question<T> question, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException {
    Callable<T> call = () -> question.ask(made());
    FutureTask<T> task = new FutureTask<>(call);
    synchronized (lock) {
      if (over) {
        throw new InterruptedException("the connection is closed");
      }
      busy = true;
      tasks.add(task);
    }
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof PlcFailure failure) {
        throw failure;
      } else if (cause instanceof TimeoutException timeout) {
        throw timeout;
      } else if (cause instanceof InterruptedException) {
        throw new InterruptedException("the connection was closed");
      } else if (cause instanceof Error error) {
        throw error;
      }
      throw new PlcFailure("the driver failed: " + cause, cause);
    } catch (java.util.concurrent.CancellationException e) {
      throw new InterruptedException("the connection was closed");
    } finally {
      synchronized (lock) {
        busy = false;
      }
    }
  }

  /** Whether the driver believes in the link. */
  boolean isConnected() {
    PlcLink made = link;
    return made != null && made.isConnected();
  }

  /** Whether its thread still runs. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Waits until its thread has ended, but no longer than {@code limit}. */
  void awaitEnd(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
  }

  /** Closes the link, in good manners when nobody waits for it. Does not wait. */
  void close() {
    synchronized (lock) {
      if (over) {
        return;
      }
      if (!busy) {
        over = true;
        tasks.add(new FutureTask<>(this::closeLink, null));
        LATER.execute(this::force);
        return;
      }
    }
    abandon();
  }

  /** Takes the link from the driver, which did not answer. Does not wait. */
  void abandon() {
    synchronized (lock) {
      over = true;
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
          if (over && tasks.isEmpty()) {
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

  private PlcLink made() throws PlcFailure, InterruptedException {
    if (link == null) {
      PlcLink made;
      try {
        made = maker.make();
      } catch (LineException e) {
        throw new PlcFailure(e.getMessage(), e);
      }
      synchronized (lock) {
        link = made;
        if (over) {
          throw new InterruptedException("the connection is closed");
        }
      }
    }
    return link;
  }

  private void closeLink() {
    if (link != null) {
      link.close();
    }
  }

  private void kill() {
    PlcLink made = link;
    if (made != null) {
      made.kill();
    }
  }
}
