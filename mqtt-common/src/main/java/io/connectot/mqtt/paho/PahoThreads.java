// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.connection.Threads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The threads of one connection: one for each runnable that Paho submits, and a timer. Paho's own
 * threads would die of exceptions unnoticed. Thread-safe.
 */
final class PahoThreads extends AbstractExecutorService implements ScheduledExecutorService {
  private final ThreadFactory factory;
  private final Consumer<Throwable> onCrash;
  private final ScheduledThreadPoolExecutor timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Thread> running = new HashSet<>(); // guarded by lock

  /**
   * @param onCrash called, on that thread, with the exception that ended a thread or timer task
   */
  PahoThreads(String clientId, Consumer<Throwable> onCrash) {
    super();
    this.factory = Threads.factory("MQTT " + clientId + " ");
    this.onCrash = onCrash;
    this.timer =
        new ScheduledThreadPoolExecutor(1, Threads.factory("MQTT Timer: " + clientId + " "));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable work) {
    Thread thread =
        factory.newThread(
            () -> {
              try {
                guarded(work).run();
              } finally {
                ended(Thread.currentThread());
              }
            });
    lock.lock();
    try {
      running.add(thread);
    } finally {
      lock.unlock();
    }
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        ended(thread);
      }
    }
  }

  /**
   * Runs the work on a thread that cannot be interrupted: Paho cancels threads that may not have
   * started yet and then waits for their start.
   */
  @Override
  public Future<?> submit(Runnable work) {
    execute(work);
    return new CompletableFuture<Void>();
  }

  private void ended(Thread thread) {
    lock.lock();
    try {
      running.remove(thread);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until Paho's threads have ended. */
  boolean awaitIdle(Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!running.isEmpty()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Interrupts Paho's threads that still run, when nothing else ends them: the sender may wait for
   * work after it missed the only notification of the end.
   */
  void interrupt() {
    lock.lock();
    try {
      running.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable e) {
        onCrash.accept(e);
      }
    };
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return timer.schedule(guarded(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return timer.schedule(callable, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return timer.scheduleAtFixedRate(guarded(command), initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return timer.scheduleWithFixedDelay(guarded(command), initialDelay, delay, unit);
  }

  /** Runs a task on the timer thread. */
  void later(Runnable work) {
    timer.execute(guarded(work));
  }

  /** Runs a task on the timer thread after a delay, unless the timer ends first. */
  void later(Runnable work, Duration delay) {
    try {
      Future<?> unused = timer.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The connection has ended.
    }
  }

  /** Ends the timer; Paho's threads end by themselves. */
  @Override
  public void shutdown() {
    timer.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return timer.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return timer.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return timer.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return timer.awaitTermination(timeout, unit);
  }
}
