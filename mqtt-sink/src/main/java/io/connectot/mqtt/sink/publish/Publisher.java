// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Threads;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.connection.ConnectionListener;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.PublishResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is in a {@link PublishQueue}, over whatever connection there is. A thread of its
 * own publishes, so that messages of a partition keep their order whoever calls back when.
 * Thread-safe.
 *
 * @param <R> the record as its owner knows it
 */
public final class Publisher<R> implements ConnectionListener {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** How long the thread waits for one thing before it looks at the others. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final PublishQueue<R> queue;
  private final TaskMetrics metrics;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as all that follow unless they say otherwise. */
  private final Backoff backoff;

  /** Null while there is no connection. */
  private MqttTransport transport;

  /** Until when the broker is left alone, by {@link System#nanoTime}; only if {@link #paused}. */
  private long pausedUntil;

  /** Written under {@link #lock}, read by callbacks without. */
  private volatile boolean paused;

  /**
   * Whether the broker took no message since it last asked for a pause. Written under {@link
   * #lock}, read by callbacks without.
   */
  private volatile boolean struggling;

  private boolean connectedBefore;

  /** The status of the failure that was last logged; empty while connected. */
  private String loggedStatus = "";

  private volatile ProtocolException failure;
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param backoff between attempts at a record that the broker does not take now; for this
   *     publisher alone
   * @param metrics of a sink
   */
  public Publisher(String name, PublishQueue<R> queue, Backoff backoff, TaskMetrics metrics) {
    this.queue = queue;
    this.metrics = metrics;
    this.backoff = backoff;
    this.thread = Threads.factory(name + " ").newThread(this::run);
  }

  /** Begins to publish. To be called once. */
  public void start() {
    thread.start();
  }

  /** Whether there is a connection. */
  public boolean isConnected() {
    lock.lock();
    try {
      return transport != null;
    } finally {
      lock.unlock();
    }
  }

  /** How many messages are on their way to the broker. */
  public int inFlight() {
    MqttTransport current;
    lock.lock();
    try {
      current = transport;
    } finally {
      lock.unlock();
    }
    return current == null ? 0 : current.inFlight();
  }

  /** Why there will be no connection any more, if so. */
  public Optional<ProtocolException> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try {
      while (!closed) {
        MqttTransport current = awaitConnection();
        if (current.awaitWindow(SLICE)) {
          publishNext(current);
        } else {
          awaitChange(current);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("Publishing ends by a failure in this process", e);
      fail(
          new ProtocolException(
              Kind.FATAL,
              ProtocolException.Scope.CONNECTION,
              "FAILURE",
              "publishing failed for a reason it did not expect (" + e + "); restart the task",
              e));
    }
  }

  private MqttTransport awaitConnection() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (transport == null) {
          changed.await();
        } else if (paused) {
          long left = pausedUntil - System.nanoTime();
          if (left <= 0) {
            paused = false;
          } else {
            changed.awaitNanos(left);
          }
        } else {
          return transport;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The window is full, or the connection over and that not known yet. */
  private void awaitChange(MqttTransport current) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(5);
      while (transport == current && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void publishNext(MqttTransport current) throws InterruptedException {
    PendingRecord<R> record = queue.take(SLICE);
    if (record == null) {
      return;
    }
    int attempt = record.attempt();
    boolean sent =
        current.publish(record.outbound(), result -> completed(current, record, attempt, result));
    if (!sent) {
      queue.giveBack(record, attempt);
    } else if (attempt > 1) {
      metrics.add(Metric.MESSAGES_REPEATED, 1);
    }
  }

  /** On a thread of the library. */
  private void completed(
      MqttTransport current, PendingRecord<R> record, int attempt, PublishResult result) {
    if (!queue.answered(record, attempt, result)) {
      return;
    }
    switch (result.outcome()) {
      case DONE -> {
        metrics.add(Metric.MESSAGES_PUBLISHED, 1);
        if (struggling && !paused) {
          recovered();
        }
      }
      case REFUSED -> metrics.add(Metric.MESSAGES_REFUSED, 1);
      case RETRY -> pause(current, result.reason());
    }
  }

  private void pause(MqttTransport current, String reason) {
    boolean news;
    lock.lock();
    try {
      // The end of a connection is no reason to leave the next one alone.
      if (transport != current || paused) {
        return;
      }
      paused = true;
      pausedUntil = System.nanoTime() + backoff.nextNanos();
      news = !struggling;
      struggling = true;
    } finally {
      lock.unlock();
    }
    if (news) {
      LOG.warn("The broker takes no messages for now, trying again: {}", reason);
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

  @Override
  public void connected(MqttTransport newTransport, ConnectResult result) {
    queue.sendAgain();
    lock.lock();
    try {
      if (connectedBefore) {
        metrics.reconnected();
      }
      connectedBefore = true;
      transport = newTransport;
      paused = false;
      loggedStatus = "";
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void messageArrived(InboundMessage message) {
    // Nothing was subscribed to; a session that somebody else subscribed with is not ours to read.
  }

  @Override
  public void disconnected(ProtocolException cause) {
    boolean news;
    lock.lock();
    try {
      transport = null;
      news = !cause.status().equals(loggedStatus);
      loggedStatus = cause.status();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (news) {
      LOG.warn("No connection to the broker, trying again: {}", cause.getMessage());
    } else {
      LOG.debug("Still no connection to the broker: {}", cause.getMessage());
    }
  }

  @Override
  public void failed(ProtocolException cause) {
    fail(cause);
  }

  private void fail(ProtocolException cause) {
    lock.lock();
    try {
      failure = cause;
      transport = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends publishing; what is in flight stays there. Waits a second at most. Idempotent. */
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    if (thread.isAlive()) {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    }
  }
}
