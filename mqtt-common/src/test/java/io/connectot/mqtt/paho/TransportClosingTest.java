// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing returns at once, wherever the connection stands, and leaves no thread. */
class TransportClosingTest {
  /** How far the broker lets the client come. */
  enum Stage {
    ACCEPTED,
    CONNECT_RECEIVED,
    CONNECTED,
    SUBSCRIBE_RECEIVED,
    DEAF
  }

  private static Stream<Arguments> stages() {
    return Stream.of(MqttVersion.values())
        .flatMap(version -> Stream.of(Stage.values()).map(stage -> Arguments.of(version, stage)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void closingEndsEverything(MqttVersion version, Stage stage) throws Exception {
    TransportRig rig = new TransportRig(version);
    CountDownLatch reached = new CountDownLatch(1);
    try (ScriptedBroker broker = new ScriptedBroker(peer -> play(peer, rig, stage, reached))) {
      MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()));
      CompletableFuture<Object> user =
          CompletableFuture.supplyAsync(() -> use(transport, rig, stage, reached));
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      transport.close();
      Object end = user.get(30, TimeUnit.SECONDS);
      rig.awaitNoThreads();
      assertThat(end).isIn("connected", "CLOSED");
      assertThat(rig.losses).isEmpty();
    }
  }

  private static void play(
      ScriptedBroker.Peer peer, TransportRig rig, Stage stage, CountDownLatch reached)
      throws Exception {
    if (stage != Stage.ACCEPTED) {
      peer.read(Packets.CONNECT);
    }
    if (stage == Stage.ACCEPTED || stage == Stage.CONNECT_RECEIVED) {
      reached.countDown();
      peer.hang();
    }
    peer.send(Packets.connack(rig.number(), false, 0));
    if (stage == Stage.SUBSCRIBE_RECEIVED) {
      peer.read(Packets.SUBSCRIBE);
      reached.countDown();
    }
    peer.hang();
  }

  private static Object use(
      MqttTransport transport, TransportRig rig, Stage stage, CountDownLatch reached) {
    try {
      transport.connect(rig);
      if (stage == Stage.SUBSCRIBE_RECEIVED) {
        transport.subscribe(List.of(Subscription.of("a", 1)));
      }
      if (stage == Stage.DEAF) {
        fillTheNetwork(transport);
      }
      reached.countDown();
      return "connected";
    } catch (ProtocolException e) {
      return e.status();
    } catch (InterruptedException e) {
      return e;
    }
  }

  /** More than the buffers of both sides hold, so that the library's writer is stuck. */
  private static void fillTheNetwork(MqttTransport transport) {
    String large = "x".repeat(1_000_000);
    for (int i = 0; i < 20; i++) {
      transport.publish(TransportRig.outbound("a", large, 1), result -> {});
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingBeforeConnectingMakesConnectingFail(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    try (ScriptedBroker broker = new ScriptedBroker(ScriptedBroker.Peer::ignore)) {
      MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()));
      transport.close();
      assertThat(use(transport, rig, Stage.CONNECTED, new CountDownLatch(1))).isEqualTo("CLOSED");
      assertThat(broker.connections()).isZero();
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void theListenerMayClose(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(rig.number(), false, 0));
              peer.send(Packets.publish(rig.number(), 1, "a", "x"));
              peer.ignore();
            })) {
      MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()));
      Object end =
          use(
              transport,
              new TransportRig(version) {
                @Override
                public void messageArrived(InboundMessage message) {
                  transport.close();
                  closed.add(message.topic());
                }
              },
              Stage.CONNECTED,
              new CountDownLatch(1));
      assertThat(end).isIn("connected", "CLOSED");
      assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo("a");
      rig.awaitNoThreads();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWebSocketThatNeverOpensIsClosedToo(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    CountDownLatch reached = new CountDownLatch(1);
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.line();
              reached.countDown();
              peer.hang();
            })) {
      MqttTransport transport =
          rig.transport(
              new BrokerAddress(BrokerAddress.Scheme.WS, "127.0.0.1", broker.port(), "/mqtt"));
      CompletableFuture<Object> user =
          CompletableFuture.supplyAsync(
              () -> use(transport, rig, Stage.CONNECTED, new CountDownLatch(1)));
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      transport.close();
      assertThat(user.get(30, TimeUnit.SECONDS)).isEqualTo("CLOSED");
    }
    rig.awaitNoThreads();
  }
}
