// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a task that is no more, until it is empty.
 *
 * @param left what it is subscribed to; shrinks
 * @param ending transports that connect as the same client with a clean session
 */
record OrphanedSession(
    MqttSession session, List<String> left, List<BrokerAddress> brokers, TransportFactory ending) {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanedSession.class);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** Whether all that was in it is acknowledged, and nothing came for a while. */
  boolean isEmpty(Clock clock, Duration silence) {
    return session.isConnected()
        && session.unacknowledged() == 0
        && clock.epochNanos() - session.lastHeardNanos() > silence.toNanos();
  }

  /** Makes the broker forget the session. */
  void end() throws InterruptedException {
    session.close();
    for (BrokerAddress broker : brokers) {
      try (MqttTransport transport = ending.newTransport(broker, Optional.empty())) {
        transport.connect(TransportListener.DEAF);
        transport.disconnect(FAREWELL);
        LOG.info("The session of former task {} is empty and ended", session.clientId());
        return;
      } catch (ProtocolException e) {
        LOG.debug("{}: the session of {} could not be ended", broker, session.clientId(), e);
      }
    }
  }
}
