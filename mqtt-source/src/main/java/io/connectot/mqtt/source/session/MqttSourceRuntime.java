// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.runtime.ConnectionState;
import io.connectot.core.runtime.SourceRuntime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs behind one task: its session. For the task's thread. */
public final class MqttSourceRuntime implements SourceRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSourceRuntime.class);

  /** Waits until Kafka has all that the worker took. */
  @FunctionalInterface
  public interface Delivered {
    /** Whether it has, after that time at most. */
    boolean await(Duration timeout) throws InterruptedException;
  }

  private final MqttSession session;
  private final Delivered delivered;
  private final Duration stopTimeout;

  /**
   * @param stopTimeout how long closing waits for Kafka
   */
  public MqttSourceRuntime(
      MqttSession session, TaskMetrics metrics, Delivered delivered, Duration stopTimeout) {
    this.session = session;
    this.delivered = delivered;
    this.stopTimeout = stopTimeout;
    metrics.gauge(Metric.CONNECTION_STATE, () -> session.state() == ConnectionState.ONLINE ? 2 : 0);
    metrics.gauge(Metric.MESSAGES_UNACKNOWLEDGED, session::unacknowledged);
    metrics.gauge(Metric.MESSAGES_UNACKNOWLEDGED_BYTES, session::unacknowledgedBytes);
    metrics.gauge(Metric.SUBSCRIPTIONS_REFUSED, session::refused);
  }

  @Override
  public void start() {
    session.start();
  }

  @Override
  public void close() {
    session.quiesce();
    try {
      if (session.state() == ConnectionState.ONLINE && !delivered.await(stopTimeout)) {
        LOG.warn(
            "Kafka did not confirm everything within {} ms; the broker delivers the rest again",
            stopTimeout.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
