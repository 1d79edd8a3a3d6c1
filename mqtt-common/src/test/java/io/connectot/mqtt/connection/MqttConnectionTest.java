// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.paho.TransportRig;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.BrokerErrors;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MqttConnectionTest {
  private final TransportRig rig = new TransportRig(MqttVersion.V5);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** A permit an attempt. */
  private final Semaphore ready = new Semaphore(100);

  private MqttConnection connection(ScriptedBroker... brokers) {
    List<BrokerAddress> addresses =
        List.of(brokers).stream().map(broker -> TransportRig.tcp(broker.port())).toList();
    AtomicInteger wills = new AtomicInteger();
    return new MqttConnection(
        rig.clientId + " connection",
        addresses,
        rig.transports(),
        () -> Optional.of(will("will-" + wills.incrementAndGet())),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), () -> 0),
        new Recorder(),
        () -> 0);
  }

  private static Will will(String text) {
    return new Will("will", text.getBytes(StandardCharsets.UTF_8), 1, true, Duration.ZERO);
  }

  private String event() throws InterruptedException {
    String event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  @Test
  void aBrokerThatIsAwayIsLeftForTheNextAndALostOneTriedAgain() throws Exception {
    ScriptedBroker gone = new ScriptedBroker(peer -> {});
    gone.close();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(5, peer.number() > 1, 0));
                  peer.read(Packets.SUBSCRIBE);
                  if (peer.number() > 1) {
                    peer.ignore();
                  }
                });
        MqttConnection connection = connection(gone, broker)) {
      connection.start();
      assertThat(event()).isEqualTo("disconnected CONNECTION_REFUSED");
      assertThat(event()).isEqualTo("connected false");
      assertThat(event()).isEqualTo("disconnected CONNECTION_LOST");
      assertThat(event()).isEqualTo("connected true");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(connection.connects()).isEqualTo(2));
    }
    rig.awaitNoThreads();
  }

  @Test
  void everyAttemptHasAWillOfItsOwn() throws Exception {
    BlockingQueue<String> connects = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  byte[] connect = peer.read(Packets.CONNECT).body();
                  connects.add(new String(connect, StandardCharsets.ISO_8859_1));
                });
        MqttConnection connection = connection(broker)) {
      connection.start();
      assertThat(connects.poll(30, TimeUnit.SECONDS)).contains("will-1");
      assertThat(connects.poll(30, TimeUnit.SECONDS)).contains("will-2");
    }
    rig.awaitNoThreads();
  }

  @Test
  void aSessionThatOthersTakeIsGivenUp() throws Exception {
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(5, true, 0));
                  peer.read(Packets.SUBSCRIBE);
                  peer.send(Packets.disconnect(0x8E));
                  peer.ignore();
                });
        MqttConnection connection = connection(broker)) {
      connection.start();
      for (int i = 0; i < 3; i++) {
        assertThat(event()).isEqualTo("connected true");
        assertThat(event()).isEqualTo("disconnected 0x8E SESSION_TAKEN_OVER");
      }
      assertThat(event()).isEqualTo("failed FATAL");
      assertThat(connection.takeOvers()).isEqualTo(3);
      await()
          .untilAsserted(() -> assertThat(connection.state()).isEqualTo(ConnectionState.STOPPED));
    }
    rig.awaitNoThreads();
  }

  @Test
  void aDroppedConnectionEndsWithAFarewellAndIsReplacedWhenTheListenerIsReady() throws Exception {
    BlockingQueue<Integer> types = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(5, true, 0));
                  if (peer.number() == 1) {
                    types.add(peer.read(Packets.DISCONNECT).type());
                  }
                  peer.ignore();
                });
        MqttConnection connection = connection(broker)) {
      connection.start();
      assertThat(event()).isEqualTo("connected true");
      ready.drainPermits();
      connection.drop(BrokerErrors.noAnswer(TransportRig.tcp(broker.port()), "anything"));

      assertThat(event()).isEqualTo("disconnected REQUEST_TIMEOUT");
      assertThat(types.poll(30, TimeUnit.SECONDS)).isEqualTo(Packets.DISCONNECT);
      assertThat(connection.connects()).isEqualTo(1);
      ready.release(100);
      assertThat(event()).isEqualTo("connected true");
    }
    rig.awaitNoThreads();
  }

  @Test
  void farewellIsSaid() throws Exception {
    BlockingQueue<Integer> types = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(5, true, 0));
                  types.add(peer.read(Packets.DISCONNECT).type());
                  peer.ignore();
                });
        MqttConnection connection = connection(broker)) {
      connection.start();
      assertThat(event()).isEqualTo("connected true");
      connection.disconnect(Duration.ofSeconds(20));
      assertThat(types.poll(20, TimeUnit.SECONDS)).isEqualTo(Packets.DISCONNECT);
    }
    rig.awaitNoThreads();
    assertThat(events).isEmpty();
  }

  /** Subscribes without waiting for the answer, which these brokers do not give. */
  private final class Recorder implements ConnectionListener {
    @Override
    public void awaitReady() throws InterruptedException {
      ready.acquire();
    }

    @Override
    public void connected(MqttTransport transport, ConnectResult result) {
      Thread subscriber =
          new Thread(
              () -> {
                try {
                  transport.subscribe(List.of(Subscription.of("a", 1)));
                } catch (ProtocolException | InterruptedException e) {
                  // The brokers of these tests do not answer.
                }
              });
      events.add("connected " + result.sessionPresent());
      subscriber.setDaemon(true);
      subscriber.start();
    }

    @Override
    public void messageArrived(InboundMessage message) {
      events.add("message");
    }

    @Override
    public void disconnected(ProtocolException cause) {
      events.add("disconnected " + cause.status());
    }

    @Override
    public void failed(ProtocolException cause) {
      events.add("failed " + (cause.kind() == Kind.FATAL ? "FATAL" : cause.status()));
    }
  }
}
