// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.TestClients;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client id of its own, transports for it, and what they were told. */
public class TransportRig implements TransportListener {
  public final String clientId = "rig-" + UUID.randomUUID();
  final BlockingQueue<InboundMessage> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<ConnectionLoss> losses = new LinkedBlockingQueue<>();
  final MqttVersion version;
  private final PahoTransportFactory transports;

  public TransportRig(MqttVersion version) {
    this(version, Duration.ZERO, Duration.ofSeconds(20), Optional.empty());
  }

  public TransportRig(
      MqttVersion version, Duration expiry, Duration timeout, Optional<TlsFactory> tls) {
    this(version, expiry, timeout, tls, List.of());
  }

  public TransportRig(
      MqttVersion version,
      Duration expiry,
      Duration timeout,
      Optional<TlsFactory> tls,
      List<String> applicationProtocols) {
    this.version = version;
    this.transports =
        new PahoTransportFactory(
            TestClients.settings(
                version,
                clientId,
                "mqtt.connect.timeout.ms",
                Long.toString(timeout.toMillis()),
                "mqtt.session.expiry.ms",
                Long.toString(expiry.toMillis()),
                "mqtt.maximum.packet.size",
                "1000000",
                "mqtt.alpn",
                String.join(",", applicationProtocols)),
            tls);
  }

  public static BrokerAddress tcp(int port) {
    return new BrokerAddress(BrokerAddress.Scheme.TCP, "127.0.0.1", port, "");
  }

  public PahoTransportFactory transports() {
    return transports;
  }

  public MqttTransport transport(BrokerAddress broker) {
    return transports.newTransport(broker, Optional.empty());
  }

  /** 3 or 5. */
  public int number() {
    return version == MqttVersion.V3 ? 3 : 5;
  }

  @Override
  public void messageArrived(InboundMessage message) {
    messages.add(message);
  }

  @Override
  public void connectionLost(ConnectionLoss loss) {
    losses.add(loss);
  }

  public InboundMessage message() throws InterruptedException {
    InboundMessage message = messages.poll(30, TimeUnit.SECONDS);
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  ConnectionLoss loss() throws InterruptedException {
    ConnectionLoss loss = losses.poll(30, TimeUnit.SECONDS);
    assertThat(loss).as("a loss").isNotNull();
    return loss;
  }

  static String text(InboundMessage message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  public static OutboundMessage outbound(String topic, String payload, int qos) {
    return new OutboundMessage(
        topic, payload.getBytes(StandardCharsets.UTF_8), qos, false, MessageProperties.NONE);
  }

  /** The threads whose names carry the client id, as all those of its transports do. */
  List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(clientId))
        .toList();
  }

  public void awaitNoThreads() {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(threads()).isEmpty());
  }
}
