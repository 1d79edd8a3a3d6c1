// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.testing.TestClients;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Publishes messages of QoS 1 and knows that the broker has them. */
final class TestPublisher implements AutoCloseable, TransportListener {
  private final MqttTransport transport;

  TestPublisher(int port) throws ProtocolException, InterruptedException {
    PahoTransportFactory transports =
        new PahoTransportFactory(
            TestClients.settings(MqttVersion.V5, "publisher-" + UUID.randomUUID()),
            Optional.empty());
    transport =
        transports.newTransport(
            new BrokerAddress(BrokerAddress.Scheme.TCP, "127.0.0.1", port, ""), Optional.empty());
    transport.connect(this);
  }

  /** Publishes {@code prefix + number}, and waits until the broker has all. */
  void publish(String topic, String prefix, int from, int to) throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(to - from);
    for (int i = from; i < to; i++) {
      OutboundMessage message =
          new OutboundMessage(
              topic,
              (prefix + i).getBytes(StandardCharsets.UTF_8),
              1,
              false,
              MessageProperties.NONE);
      while (!transport.publish(message, result -> sent.countDown())) {
        if (!transport.awaitWindow(Duration.ofSeconds(30))) {
          throw new AssertionError("the broker takes nothing");
        }
      }
    }
    if (!sent.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the broker does not confirm");
    }
  }

  @Override
  public void messageArrived(InboundMessage message) {
    // Subscribed to nothing.
  }

  @Override
  public void connectionLost(ConnectionLoss loss) {
    // The next publish fails.
  }

  @Override
  public void close() {
    transport.close();
  }
}
