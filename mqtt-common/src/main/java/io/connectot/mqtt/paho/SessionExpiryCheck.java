// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.inbound.ConnectAcknowledgement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once when a broker keeps the session shorter than requested. Thread-safe. */
final class SessionExpiryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SessionExpiryCheck.class);

  private final Duration requested;
  private final AtomicReference<Duration> warned;

  SessionExpiryCheck(Duration requested) {
    this.requested = requested;
    this.warned = new AtomicReference<>(requested);
  }

  /** The broker accepted a connection. */
  void accepted(BrokerAddress broker, Optional<ConnectAcknowledgement> answer) {
    warning(broker, answer.flatMap(ConnectAcknowledgement::sessionExpiry).orElse(requested))
        .ifPresent(LOG::warn);
  }

  /** What to warn of; empty for nothing new. */
  Optional<String> warning(BrokerAddress broker, Duration granted) {
    if (warned.getAndSet(granted).equals(granted) || granted.compareTo(requested) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        broker
            + ": the broker keeps the session for "
            + granted.toSeconds()
            + " s without a connection instead of the "
            + requested.toSeconds()
            + " s of "
            + MqttConnectionConfig.SESSION_EXPIRY
            + "; messages of a longer outage are lost: raise the broker's limit");
  }
}
