// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.connection.BrokerConnection.Client;
import io.connectot.mqtt.paho.TransportRig;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokerConnectionTest {
  private final TransportRig rig = new TransportRig(MqttVersion.V5);
  private final BlockingQueue<ProtocolException> losses = new LinkedBlockingQueue<>();
  private final AtomicInteger wills = new AtomicInteger();

  private Client client(ScriptedBroker... brokers) {
    return new Client(
        new BrokerList(Stream.of(brokers).map(broker -> TransportRig.tcp(broker.port())).toList()),
        rig.transports(),
        () -> Optional.of(will("will-" + wills.incrementAndGet())),
        new TakeOverPolicy(rig.clientId),
        Clock.SYSTEM);
  }

  private static Will will(String text) {
    return new Will("will", text.getBytes(StandardCharsets.UTF_8), 1, true, Duration.ZERO);
  }

  private ProtocolException loss() throws InterruptedException {
    ProtocolException loss = losses.poll(30, TimeUnit.SECONDS);
    assertThat(loss).as("a loss").isNotNull();
    return loss;
  }

  private static ScriptedBroker gone() throws Exception {
    ScriptedBroker gone = new ScriptedBroker(peer -> {});
    gone.close();
    return gone;
  }

  @Test
  void triesTheNextBrokerAtOnceAndFailsWhenNoneAccepts() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, false, 0));
              peer.read(Packets.PUBLISH);
              if (peer.number() > 1) {
                peer.ignore();
              }
            })) {
      Client client = client(gone(), broker);
      try (BrokerConnection first = new BrokerConnection(client)) {
        assertThat(lossAfterPublishing(first).status()).isEqualTo("CONNECTION_LOST");
      }
      // The broker that accepted is the first to be tried again.
      try (BrokerConnection second = new BrokerConnection(client)) {
        connect(second);
      }
      assertThat(wills).hasValue(3);
    }
    Client nobody = client(gone(), gone());
    try (BrokerConnection connection = new BrokerConnection(nobody)) {
      assertThatThrownBy(() -> connect(connection))
          .isInstanceOfSatisfying(
              ProtocolException.class, e -> assertThat(e.status()).isEqualTo("CONNECTION_REFUSED"));
    }
    assertThat(losses).isEmpty();
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
            })) {
      Client client = client(broker);
      for (int attempt = 1; attempt <= 2; attempt++) {
        try (BrokerConnection connection = new BrokerConnection(client)) {
          assertThatThrownBy(() -> connect(connection)).isInstanceOf(ProtocolException.class);
        }
        assertThat(connects.poll(30, TimeUnit.SECONDS)).contains("will-" + attempt);
      }
    }
    rig.awaitNoThreads();
  }

  @Test
  void givesUpWhenAnotherClientTakesTheSessionAgainAndAgain() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, true, 0));
              peer.read(Packets.PUBLISH);
              peer.send(Packets.disconnect(0x8E));
              peer.ignore();
            })) {
      Client client = client(broker);
      Kind[] kinds = {Kind.CONFIGURATION, Kind.CONFIGURATION, Kind.FATAL};
      for (Kind kind : kinds) {
        try (BrokerConnection connection = new BrokerConnection(client)) {
          ProtocolException cause = lossAfterPublishing(connection);
          assertThat(cause.status()).isEqualTo("0x8E SESSION_TAKEN_OVER");
          assertThat(cause.kind()).isEqualTo(kind);
        }
      }
    }
    rig.awaitNoThreads();
  }

  private ProtocolException lossAfterPublishing(BrokerConnection connection) throws Exception {
    connect(connection);
    assertThat(connection.transport().publish(TransportRig.outbound("a", "x", 1), result -> {}))
        .isTrue();
    return loss();
  }

  private void connect(BrokerConnection connection) throws Exception {
    connection.connect(TransportListener.DEAF, losses::add);
  }

  @Test
  void disconnectsWhenClosed() throws Exception {
    BlockingQueue<Integer> types = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, true, 0));
              types.add(peer.read(Packets.DISCONNECT).type());
              peer.ignore();
            })) {
      BrokerConnection connection = new BrokerConnection(client(broker));
      connect(connection);
      connection.close();
      connection.close();
      assertThat(types.poll(20, TimeUnit.SECONDS)).isEqualTo(Packets.DISCONNECT);
    }
    rig.awaitNoThreads();
    assertThat(losses).isEmpty();
  }

  @Test
  void doesNotConnectAfterItIsClosed() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker(peer -> peer.read(Packets.CONNECT))) {
      BrokerConnection connection = new BrokerConnection(client(broker));
      connection.close();
      assertThatThrownBy(() -> connect(connection)).isInstanceOf(InterruptedException.class);
    }
    rig.awaitNoThreads();
  }
}
