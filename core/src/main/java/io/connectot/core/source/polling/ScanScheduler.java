// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.Threads;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs when they are due on a bounded number of threads. A job is in the queue or running,
 * never both, so it needs no lock of its own; between two runs there is a happens-before edge.
 *
 * <p>There are two lanes with threads of their own. Jobs of which no device answers run in the
 * recovery lane, so that dead endpoints never keep live ones waiting.
 */
final class ScanScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScanScheduler.class);
  private static final long IDLE_SECONDS = 30;

  /** Something to do at certain times. */
  interface Job {
    /** Does what is due, and returns when to run again. */
    Next run();
  }

  /** Which threads run a job. */
  enum Lane {
    LIVE,
    RECOVERY
  }

  /**
   * When a job runs again.
   *
   * @param tick by the ticker
   */
  record Next(long tick, Lane lane) {}

  private record Entry(Job job, Next next) {}

  private final Clock clock;
  private final Consumer<Throwable> onFailure;
  private final ExecutorService live;
  private final ExecutorService recovery;
  private final Thread dispatcher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Both guarded by {@link #lock}. */
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>((a, b) -> Long.signum(a.next.tick() - b.next.tick()));

  private boolean closed;

  /**
   * @param threadName the prefix of the threads' names
   * @param threads the most threads of each lane
   * @param onFailure receives what a job threw, which then does not run again, and what ends the
   *     schedule
   */
  ScanScheduler(String threadName, int threads, Clock clock, Consumer<Throwable> onFailure) {
    this.clock = clock;
    this.onFailure = onFailure;
    this.live = pool(threads, Threads.factory(threadName + "-scan-"));
    this.recovery = pool(threads, Threads.factory(threadName + "-recovery-"));
    this.dispatcher = Threads.factory(threadName + "-schedule-").newThread(this::dispatch);
    dispatcher.start();
  }

  /** Runs a job at a time by the ticker, and from then on when its result says. */
  void schedule(Job job, Next next) {
    lock.lock();
    try {
      if (!closed) {
        queue.add(new Entry(job, next));
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts nothing more and interrupts what runs; returns at once. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    live.shutdownNow();
    recovery.shutdownNow();
  }

  /** Waits until every thread has ended; false when the time ran out. */
  boolean awaitStopped(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    dispatcher.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    return live.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
        && recovery.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
        && !dispatcher.isAlive();
  }

  private void dispatch() {
    lock.lock();
    try {
      while (!closed) {
        Entry head = queue.peek();
        long wait = head == null ? Long.MAX_VALUE : head.next.tick() - clock.tick();
        if (wait > 0) {
          changed.awaitNanos(wait);
        } else {
          queue.remove();
          (head.next.lane() == Lane.LIVE ? live : recovery).execute(() -> run(head.job));
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The scan schedule was interrupted", e);
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      // Closing shuts the pools down after the queue was cleared, but a job may be on its way.
      LOG.debug("The scan schedule is closed", e);
    } catch (RuntimeException | Error e) {
      // Without a dispatcher nothing is read any more: no thread could be started, for example.
      onFailure.accept(e);
    } finally {
      lock.unlock();
    }
  }

  private void run(Job job) {
    try {
      schedule(job, job.run());
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private static ExecutorService pool(int threads, ThreadFactory factory) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
