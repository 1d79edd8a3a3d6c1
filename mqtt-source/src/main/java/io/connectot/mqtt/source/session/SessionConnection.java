// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.transport.MqttTransport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection, as its messages see it. Thread-safe. */
final class SessionConnection {
  private final MqttTransport transport;
  private final InFlightWindow window;
  private final RedeliveryIndex redeliveries;
  private final TaskMetrics metrics;
  private final AtomicBoolean over = new AtomicBoolean();

  SessionConnection(
      MqttTransport transport,
      InFlightWindow window,
      RedeliveryIndex redeliveries,
      TaskMetrics metrics) {
    this.transport = transport;
    this.window = window;
    this.redeliveries = redeliveries;
    this.metrics = metrics;
  }

  /**
   * The connection is over: what is acknowledged from now on comes again.
   *
   * @return whether it was not before
   */
  boolean end() {
    return over.compareAndSet(false, true);
  }

  boolean isOver() {
    return over.get();
  }

  /** Reads from the broker, or does not. */
  void reading(boolean on) {
    transport.reading(on);
  }

  /** Ends subscriptions. Waits for the answer. */
  void unsubscribe(List<String> filters) throws ProtocolException, InterruptedException {
    transport.unsubscribe(filters);
  }

  /** Kafka has a message and all before it. */
  void acknowledge(InFlightMessage arrival) {
    if (over.get()) {
      late(arrival);
      return;
    }
    transport.acknowledge(arrival.message());
    redeliveries.forget(arrival);
    metrics.add(Metric.MESSAGES_ACKNOWLEDGED, 1);
    release(arrival);
  }

  /** Kafka has a message of a connection that is over. */
  void late(InFlightMessage arrival) {
    metrics.add(Metric.ACKNOWLEDGEMENTS_STALE, 1);
    release(arrival);
  }

  private void release(InFlightMessage arrival) {
    if (arrival.uncount()) {
      window.remove(arrival.bytes());
    }
  }
}
