// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.testing.TestClients;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears what is published to a broker on this machine. */
public final class Subscriber implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final BlockingQueue<InboundMessage> messages = new LinkedBlockingQueue<>();
  private final MqttTransport transport;

  /** Subscribes by QoS 1. */
  public Subscriber(MqttVersion version, int port, String filter)
      throws ProtocolException, InterruptedException {
    MqttClientSettings settings =
        TestClients.settings(version, "subscriber-" + NUMBER.incrementAndGet());
    BrokerAddress address = new BrokerAddress(BrokerAddress.Scheme.TCP, "127.0.0.1", port, "");
    transport =
        new PahoTransportFactory(settings, Optional.empty())
            .newTransport(address, Optional.empty());
    transport.connect(new Listener());
    assertThat(transport.subscribe(List.of(Subscription.of(filter, 1))))
        .allMatch(SubscribeResult::granted);
  }

  /** The next message. */
  public InboundMessage next() throws InterruptedException {
    InboundMessage message = messages.poll(60, TimeUnit.SECONDS);
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  /** The next message as text. */
  public String nextText() throws InterruptedException {
    return new String(next().payload(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    transport.close();
  }

  private final class Listener implements TransportListener {
    @Override
    public void messageArrived(InboundMessage message) {
      messages.add(message);
      transport.acknowledge(message);
    }

    @Override
    public void connectionLost(ConnectionLoss loss) {
      // The test misses the next message.
    }
  }
}
