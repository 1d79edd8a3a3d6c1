// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.OutageCauses;
import io.connectot.core.connection.Threads;
import io.connectot.core.connection.loop.ConnectionListener;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the records of a {@link WriteQueue} over the current connection. One thread sends, so that
 * the records of a partition keep their order whichever threads report results. Thread-safe.
 *
 * @param <W> what is written for a record
 */
final class WriteDispatcher<W> implements ConnectionListener {
  private static final Logger LOG = LoggerFactory.getLogger(WriteDispatcher.class);

  /** Longest wait for a record or for the window before the other is checked. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final String target;
  private final WriteQueue<W> queue;
  private final TaskMetrics metrics;
  private final Clock clock;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as all fields below unless stated otherwise. */
  private final Backoff backoff;

  /** Null while there is no connection. Written under {@link #lock}, read without as well. */
  private volatile WriteSession<W> session;

  /** End of the pause, by the clock's ticker; only if {@link #paused}. */
  private long pausedUntil;

  /** Written under {@link #lock}, read by callbacks without. */
  private volatile boolean paused;

  /**
   * Whether the target completed no write since it last asked for a retry. Written under {@link
   * #lock}, read by callbacks without.
   */
  private volatile boolean struggling;

  /** Which failures to connect are logged as a warning. Guarded by the lock. */
  private final OutageCauses causes = new OutageCauses();

  /** The session of the present attempt. Owned by the thread that connects. */
  private WriteSession<W> attempt;

  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * @param threads prefix of the thread's name
   * @param target what messages call the other side
   * @param backoff between attempts at records that the target does not take for now; for this
   *     dispatcher alone
   * @param metrics of a sink
   */
  WriteDispatcher(
      String threads,
      String target,
      WriteQueue<W> queue,
      Backoff backoff,
      TaskMetrics metrics,
      Clock clock) {
    this.target = target;
    this.queue = queue;
    this.metrics = metrics;
    this.backoff = backoff;
    this.clock = clock;
    this.thread = Threads.factory(threads + "-write-").newThread(this::run);
  }

  /** Starts to send. Called once. */
  void start() {
    thread.start();
  }

  /** Whether there is a connection. */
  boolean isConnected() {
    return session != null;
  }

  /** Number of writes in flight. */
  int inFlight() {
    WriteSession<W> current = session;
    return current == null ? 0 : current.inFlight();
  }

  /** Why there will be no further connection, if so. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try {
      while (!closed) {
        dispatchNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Sends one record, or waits for a connection, the window or a record. */
  void dispatchNext() throws InterruptedException {
    WriteSession<W> current = awaitSession();
    if (current.awaitWindow(SLICE)) {
      sendNext(current);
    } else {
      awaitChange(current);
    }
  }

  private WriteSession<W> awaitSession() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (session == null) {
          changed.await();
        } else if (paused) {
          long left = pauseNanos();
          if (left == 0) {
            paused = false;
          } else {
            changed.awaitNanos(left);
          }
        } else {
          return session;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The rest of the pause; 0 if there is none. */
  long pauseNanos() {
    lock.lock();
    try {
      return paused ? Math.max(0, pausedUntil - clock.tick()) : 0;
    } finally {
      lock.unlock();
    }
  }

  /** The window is full, or the connection is over and that not known yet. */
  private void awaitChange(WriteSession<W> current) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(5);
      while (session == current && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendNext(WriteSession<W> current) throws InterruptedException {
    PendingRecord<W> record = queue.take(SLICE);
    if (record == null) {
      return;
    }
    int attempt = record.attempt;
    boolean sent =
        current.write(record.write, result -> completed(current, record, attempt, result));
    if (!sent) {
      queue.giveBack(record, attempt);
    } else if (attempt > 1) {
      metrics.add(TaskMetric.MESSAGES_REPEATED, 1);
    }
  }

  /** On any thread. */
  private void completed(
      WriteSession<W> current, PendingRecord<W> record, int attempt, WriteResult result) {
    if (!queue.completed(record, attempt, result)) {
      return;
    }
    switch (result.outcome()) {
      case DONE -> {
        metrics.add(TaskMetric.MESSAGES_PUBLISHED, 1);
        if (struggling && !paused) {
          recovered();
        }
      }
      case REFUSED, REPORTED -> metrics.add(TaskMetric.MESSAGES_REFUSED, 1);
      case RETRY -> pause(current, result.reason());
    }
  }

  private void pause(WriteSession<W> current, String reason) {
    boolean first;
    lock.lock();
    try {
      // A write that ended with its connection is not a reason to pause the next connection.
      if (session != current || paused) {
        return;
      }
      paused = true;
      pausedUntil = clock.tick() + backoff.nextNanos();
      first = !struggling;
      struggling = true;
    } finally {
      lock.unlock();
    }
    if (first) {
      LOG.warn("The {} does not accept writes for now, retrying: {}", target, reason);
    }
  }

  private void recovered() {
    lock.lock();
    try {
      struggling = false;
      backoff.reset();
    } finally {
      lock.unlock();
    }
  }

  /** An attempt to connect begins. Called by the thread that connects, as the methods below. */
  WriteSession<W> connecting(WriteSession<W> newSession) {
    attempt = newSession;
    return newSession;
  }

  /** Sends the records without a result again, in order, over the new connection. */
  @Override
  public void connected(boolean again) {
    if (again) {
      metrics.reconnected();
    }
    queue.resend();
    lock.lock();
    try {
      session = attempt;
      paused = false;
      causes.over();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void disconnected(ProtocolException cause) {
    boolean first;
    lock.lock();
    try {
      session = null;
      first =
          causes.isNew(
              cause.status(), cause.kind() == ProtocolException.Kind.TRANSIENT, clock.tick());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (first) {
      LOG.warn("No connection to the {}, retrying: {}", target, cause.getMessage());
    } else {
      LOG.debug("Still no connection to the {}: {}", target, cause.getMessage());
    }
  }

  /** There will be no further connection: fails the task. */
  @Override
  public void failed(Throwable cause) {
    lock.lock();
    try {
      failure = cause;
      session = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops sending; writes in flight stay in flight. Waits at most one second. Idempotent. */
  void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    if (thread.isAlive()) {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    }
  }
}
