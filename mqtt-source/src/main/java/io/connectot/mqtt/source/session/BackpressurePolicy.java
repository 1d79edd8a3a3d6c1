// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when too many messages wait for Kafka: first nothing is read any more, and when that
 * does not help, the connection is given up, for what is not acknowledged comes again. Thread-safe.
 */
final class BackpressurePolicy {
  private static final Logger LOG = LoggerFactory.getLogger(BackpressurePolicy.class);

  private final String clientId;
  private final InFlightWindow window;
  private final long longestPauseNanos;
  private final Clock clock;
  private final TaskMetrics metrics;
  private final Consumer<ProtocolException> disconnect;

  /** When reading stopped, by the ticker. Written by the library's thread. */
  private volatile long pausedTick;

  /**
   * @param longestPause how long reading may stand still
   * @param disconnect ends the connection; must not block
   */
  BackpressurePolicy(
      String clientId,
      InFlightWindow window,
      Duration longestPause,
      Clock clock,
      TaskMetrics metrics,
      Consumer<ProtocolException> disconnect) {
    this.clientId = clientId;
    this.window = window;
    this.longestPauseNanos = longestPause.toNanos();
    this.clock = clock;
    this.metrics = metrics;
    this.disconnect = disconnect;
  }

  /** The window is full. On the library's thread. */
  void full(SessionConnection link) {
    // Before anybody can see that reading has stopped.
    if (!window.isPaused()) {
      pausedTick = clock.tick();
    }
    if (window.pause(link)) {
      metrics.add(Metric.READING_PAUSED, 1);
      LOG.debug("{}: reading stops, {} messages wait for Kafka", clientId, window.messages());
    }
    if (window.isOverrun()) {
      drop(link, "the broker sends far more messages than may be unacknowledged");
    }
  }

  /** To be called from time to time. */
  void check(SessionConnection link) {
    if (window.isPaused() && clock.tick() - pausedTick > longestPauseNanos) {
      drop(link, "Kafka does not take the messages");
    }
  }

  private void drop(SessionConnection link, String why) {
    if (!link.end()) {
      return;
    }
    metrics.add(Metric.DISCONNECTS_OVERLOAD, 1);
    disconnect.accept(
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
