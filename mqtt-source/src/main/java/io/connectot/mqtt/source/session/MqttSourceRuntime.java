// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.Threads;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.source.runtime.SourceRuntime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs behind one task: its session, and for a while those of former tasks. */
public final class MqttSourceRuntime implements SourceRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSourceRuntime.class);
  private static final long FIRST_STEP_MILLIS = 500;
  private static final long LONGEST_STEP_MILLIS = TimeUnit.SECONDS.toMillis(15);
  private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(1);

  /** Waits until Kafka has all that the worker took. */
  @FunctionalInterface
  public interface Delivered {
    /** Whether it has, after that time at most. */
    boolean await(Duration timeout) throws InterruptedException;
  }

  private final MqttSession session;
  private final SessionMigration handover;
  private final Delivered delivered;
  private final Duration stopTimeout;
  private final Consumer<Throwable> onFailure;
  private final Thread handoverThread;

  MqttSourceRuntime(
      MqttSession session,
      SessionMigration handover,
      TaskMetrics metrics,
      Delivered delivered,
      Duration stopTimeout,
      Consumer<Throwable> onFailure) {
    this.session = session;
    this.handover = handover;
    this.delivered = delivered;
    this.stopTimeout = stopTimeout;
    this.onFailure = onFailure;
    this.handoverThread =
        Threads.factory("MQTT handover " + session.clientId() + " ").newThread(this::hand);
    metrics.gauge(Metric.CONNECTION_STATE, () -> session.state() == ConnectionState.ONLINE ? 2 : 0);
    metrics.gauge(Metric.MESSAGES_UNACKNOWLEDGED, session::unacknowledged);
    metrics.gauge(Metric.MESSAGES_UNACKNOWLEDGED_BYTES, session::unacknowledgedBytes);
    metrics.gauge(Metric.SUBSCRIPTIONS_REFUSED, session::refused);
  }

  @Override
  public void start() {
    session.start();
    if (!handover.isDone()) {
      handover.start();
      handoverThread.start();
    }
  }

  /** On a thread of its own, which ends when nothing is left to hand over. */
  private void hand() {
    long pause = FIRST_STEP_MILLIS;
    try {
      while (!handover.step()) {
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(LONGEST_STEP_MILLIS, pause * 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  @Override
  public void close() {
    session.quiesce();
    handover.quiesce();
    handoverThread.interrupt();
    try {
      if (session.state() == ConnectionState.ONLINE && !delivered.await(stopTimeout)) {
        LOG.warn(
            "Kafka did not confirm everything within {} ms; the broker delivers the rest again",
            stopTimeout.toMillis());
      }
      handoverThread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
    handover.close();
  }
}
