// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.inbound.ReceivedIds;
import io.connectot.mqtt.socket.BrokerSocket;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates the transports of one session. Each has its own epoch, in ascending order. Thread-safe.
 */
public final class PahoTransportFactory implements TransportFactory {
  private final MqttClientSettings settings;
  private final Optional<TlsFactory> tls;
  private final ReceivedIds received = new ReceivedIds();
  private final SessionExpiryCheck expiry;
  private final AtomicLong epochs = new AtomicLong();

  /**
   * @param tls required for {@code ssl} and {@code wss} brokers
   */
  public PahoTransportFactory(MqttClientSettings settings, Optional<TlsFactory> tls) {
    this.settings = settings;
    this.tls = tls;
    this.expiry = new SessionExpiryCheck(settings.sessionExpiry());
  }

  @Override
  public MqttTransport newTransport(BrokerAddress broker, Optional<Will> will) {
    long epoch = epochs.incrementAndGet();
    received.connecting(broker);
    BrokerSocket socket = new BrokerSocket(broker, settings, tls);
    return settings.version() == MqttVersion.V3
        ? new V3Transport(epoch, socket, settings, received, expiry, will)
        : new V5Transport(epoch, socket, settings, received, expiry, will);
  }

  /** The client settings of the transports. */
  public MqttClientSettings settings() {
    return settings;
  }
}
