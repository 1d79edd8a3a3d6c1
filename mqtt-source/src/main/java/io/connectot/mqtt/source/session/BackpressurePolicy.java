// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows the broker down when the in-flight window is full: stops reading, and disconnects when that
 * does not help; the broker redelivers unacknowledged messages. Thread-safe.
 */
final class BackpressurePolicy {
  private static final Logger LOG = LoggerFactory.getLogger(BackpressurePolicy.class);

  private final String clientId;
  private final InFlightWindow window;
  private final long longestPauseNanos;
  private final Clock clock;
  private final TaskMetrics metrics;

  /** When reading stopped, by the ticker. Written by the reading thread. */
  private volatile long pausedTick;

  /**
   * @param longestPause maximum time without reading
   */
  BackpressurePolicy(
      String clientId,
      InFlightWindow window,
      Duration longestPause,
      Clock clock,
      TaskMetrics metrics) {
    this.clientId = clientId;
    this.window = window;
    this.longestPauseNanos = longestPause.toNanos();
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Called by the reading thread when the window is full. */
  void full(SessionConnection connection) {
    // Before other threads can see the pause.
    if (!window.isPaused()) {
      pausedTick = clock.tick();
    }
    if (window.pause(connection)) {
      metrics.add(TaskMetric.READING_PAUSED, 1);
      LOG.debug("{}: reading stops, {} messages wait for Kafka", clientId, window.messages());
    }
    if (window.isOverrun()) {
      drop(connection, "the broker sends far more messages than may be unacknowledged");
    }
  }

  /** Called several times a second while connected. */
  void check(SessionConnection connection) {
    if (window.isPaused() && clock.tick() - pausedTick > longestPauseNanos) {
      drop(connection, "Kafka does not take the messages");
    }
  }

  private void drop(SessionConnection connection, String why) {
    if (!connection.end()) {
      return;
    }
    metrics.add(TaskMetric.DISCONNECTS_OVERLOAD, 1);
    connection.drop(
        new ProtocolException(
            Kind.TRANSIENT,
            Scope.CONNECTION,
            "TOO_MANY_UNACKNOWLEDGED",
            clientId
                + ": "
                + why
                + " ("
                + window.messages()
                + " wait); disconnected until half of them are acknowledged",
            null));
  }
}
