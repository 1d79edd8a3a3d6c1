// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.sparkplug.host.HostState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes the STATE of the host on one broker, over all its connections. Thread-safe. */
final class StatePublisher {
  private static final int QOS = 1;

  private final HostState state; // guarded by this, as the others
  private final Clock clock;

  /** Whether a birth could not be published yet. */
  private boolean birthDue;

  StatePublisher(HostState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  String topic() {
    return state.topic();
  }

  /** The will of a connection that begins. */
  synchronized Will will() {
    birthDue = false;
    return new Will(state.topic(), state.connect(nowMillis()), QOS, true, Duration.ZERO);
  }

  /** Publishes the birth of a connection; empty when the connection is over. */
  synchronized Optional<CompletableFuture<PublishResult>> birth(MqttTransport transport) {
    return publish(transport, state.birth());
  }

  /** Publishes that the host goes offline. */
  synchronized void death(MqttTransport transport) {
    birthDue = false;
    if (state.isOnline()) {
      publish(transport, state.death(nowMillis()));
    }
  }

  synchronized boolean isOnline() {
    return state.isOnline();
  }

  /** A STATE message of this host arrived. On the thread that reads; does not block. */
  synchronized HostState.Answer seen(byte[] payload, MqttTransport transport) {
    HostState.Answer answer = state.seen(payload);
    if (answer != HostState.Answer.NOTHING) {
      birthDue = publish(transport, state.birth()).isEmpty();
    }
    return answer;
  }

  /** Publishes what could not be published before. */
  synchronized void retry(MqttTransport transport) {
    if (birthDue) {
      birthDue = publish(transport, state.birth()).isEmpty();
    }
  }

  private Optional<CompletableFuture<PublishResult>> publish(
      MqttTransport transport, byte[] payload) {
    CompletableFuture<PublishResult> result = new CompletableFuture<>();
    boolean sent =
        transport.publish(
            new OutboundMessage(state.topic(), payload, QOS, true, MessageProperties.NONE),
            result::complete);
    return sent ? Optional.of(result) : Optional.empty();
  }

  private long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.epochNanos());
  }
}
