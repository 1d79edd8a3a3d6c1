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
 *
 * <p>A thread that has run a job takes the next one that is due itself: to wake another thread
 * costs more than a short scan. The dispatcher only starts jobs that become due while threads have
 * nothing to do.
 */
final class ScanScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScanScheduler.class);
  private static final long IDLE_SECONDS = 30;

  /** For no time at all; by the ticker, relative to now. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

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

  private record Entry(Job job, long tick) {}

  /** The jobs of a lane that wait, and its threads. Guarded by {@link #lock}. */
  private static final class LaneQueue {
    private final PriorityQueue<Entry> waiting =
        new PriorityQueue<>((a, b) -> Long.signum(a.tick - b.tick));
    private final ExecutorService pool;
    private int freeThreads;

    LaneQueue(int threads, ThreadFactory factory) {
      this.pool = pool(threads, factory);
      this.freeThreads = threads;
    }

    /** Removes the first job if it is due; else null. */
    Job takeDue(Clock clock) {
      Entry head = waiting.peek();
      return head != null && head.tick - clock.tick() <= 0 ? waiting.remove().job : null;
    }
  }

  private final Clock clock;
  private final Consumer<Throwable> onFailure;
  private final LaneQueue live;
  private final LaneQueue recovery;
  private final Thread dispatcher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Until when the dispatcher waits, by the ticker. Guarded by {@link #lock}, as the next. */
  private long wakeTick;

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
    this.live = new LaneQueue(threads, Threads.factory(threadName + "-scan-"));
    this.recovery = new LaneQueue(threads, Threads.factory(threadName + "-recovery-"));
    this.dispatcher = Threads.factory(threadName + "-schedule-").newThread(this::dispatch);
    dispatcher.start();
  }

  /** Runs a job at a time by the ticker, and from then on when its result says. */
  void schedule(Job job, Next next) {
    lock.lock();
    try {
      if (!closed) {
        add(job, next);
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
      live.waiting.clear();
      recovery.waiting.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    live.pool.shutdownNow();
    recovery.pool.shutdownNow();
  }

  /** Waits until every thread has ended; false when the time ran out. */
  boolean awaitStopped(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    dispatcher.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    return live.pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
        && recovery.pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
        && !dispatcher.isAlive();
  }

  private void add(Job job, Next next) {
    queue(next.lane()).waiting.add(new Entry(job, next.tick()));
  }

  private LaneQueue queue(Lane lane) {
    return lane == Lane.LIVE ? live : recovery;
  }

  private void dispatch() {
    lock.lock();
    try {
      while (!closed) {
        startDue(live);
        startDue(recovery);
        long now = clock.tick();
        wakeTick = earlier(live, earlier(recovery, now + NEVER_NANOS));
        if (wakeTick - now > 0) {
          changed.awaitNanos(wakeTick - now);
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

  private void startDue(LaneQueue lane) {
    while (lane.freeThreads > 0) {
      Job due = lane.takeDue(clock);
      if (due == null) {
        return;
      }
      lane.freeThreads--;
      lane.pool.execute(() -> run(lane, due));
    }
  }

  /** When the dispatcher has to start a job of a lane, if that is before {@code tick}. */
  private static long earlier(LaneQueue lane, long tick) {
    Entry head = lane.freeThreads == 0 ? null : lane.waiting.peek();
    return head != null && head.tick - tick < 0 ? head.tick : tick;
  }

  private void run(LaneQueue lane, Job first) {
    Job job = first;
    while (job != null) {
      Next next = null;
      try {
        next = job.run();
      } catch (RuntimeException | Error e) {
        onFailure.accept(e);
      }
      job = takeNext(lane, job, next);
      if (job != null) {
        // What interrupted a job is not for the next one.
        Thread.interrupted();
      }
    }
  }

  /**
   * Puts a job back that has run, and takes another one that is due.
   *
   * @param next null when it does not run again
   * @return null when none is due
   */
  private Job takeNext(LaneQueue lane, Job done, Next next) {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      if (next != null) {
        add(done, next);
      }
      Job due = lane.takeDue(clock);
      if (due == null) {
        lane.freeThreads++;
      }
      long earliest = earlier(live, earlier(recovery, wakeTick));
      if (earliest != wakeTick) {
        changed.signal();
      }
      return due;
    } finally {
      lock.unlock();
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
