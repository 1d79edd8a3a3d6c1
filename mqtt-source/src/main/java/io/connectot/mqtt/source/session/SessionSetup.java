// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.transport.TransportFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a session is made.
 *
 * @param clientId as the broker knows it
 * @param transports of that client id
 * @param subscriptions what to subscribe to, in the broker's words
 * @param persistent whether the broker keeps the session while the client is away
 * @param maxMessages the most messages held, of QoS 1 and of QoS 0 each
 * @param maxBytes the most bytes they have, topics and payloads together
 * @param longestPause how long reading may stand still before the session disconnects
 */
public record SessionSetup(
    String clientId,
    List<BrokerAddress> brokers,
    TransportFactory transports,
    Optional<Will> will,
    List<SourceSubscription> subscriptions,
    boolean persistent,
    Duration reconnectBackoff,
    Duration reconnectBackoffMax,
    int maxMessages,
    long maxBytes,
    OverflowPolicy overflow,
    Duration longestPause) {

  public SessionSetup {
    brokers = List.copyOf(brokers);
    subscriptions = List.copyOf(subscriptions);
  }

  /** The brokers, as one text. */
  String endpoint() {
    return String.join(",", brokers.stream().map(BrokerAddress::toString).toList());
  }
}
