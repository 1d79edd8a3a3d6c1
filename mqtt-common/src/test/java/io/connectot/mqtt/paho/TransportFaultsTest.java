// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a broker that does what no broker should. */
class TransportFaultsTest {
  private ScriptedBroker broker;

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private MqttTransport transport(TransportRig rig) {
    return rig.transport(TransportRig.tcp(broker.port()));
  }

  private static void assertFails(
      MqttTransport transport, TransportRig rig, Kind kind, String status) {
    assertThatThrownBy(() -> transport.connect(rig))
        .asInstanceOf(InstanceOfAssertFactories.type(ProtocolException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatNeverAnswersTimesOut(MqttVersion version) throws Exception {
    broker = new ScriptedBroker(ScriptedBroker.Peer::hang);
    TransportRig rig =
        new TransportRig(version, Duration.ZERO, Duration.ofMillis(200), Optional.empty());
    assertFails(transport(rig), rig, Kind.TRANSIENT, "CONNECT_TIMEOUT");
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatHangsUpAtOnceLeavesNoThread(MqttVersion version) throws Exception {
    broker = new ScriptedBroker(peer -> {});
    TransportRig rig = new TransportRig(version);
    assertFails(transport(rig), rig, Kind.TRANSIENT, "CONNECTION_LOST");
  }

  @ParameterizedTest
  @EnumSource
  void wrongCredentialsAreTheOperatorsToCorrect(MqttVersion version) throws Exception {
    int code = version == MqttVersion.V3 ? 4 : 0x86;
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(version == MqttVersion.V3 ? 3 : 5, false, code));
              peer.ignore();
            });
    TransportRig rig = new TransportRig(version);
    assertFails(transport(rig), rig, Kind.CONFIGURATION, "0x86 BAD_USER_NAME_OR_PASSWORD");
  }

  @ParameterizedTest
  @EnumSource
  void aBusyBrokerIsTriedAgain(MqttVersion version) throws Exception {
    int code = version == MqttVersion.V3 ? 3 : 0x88;
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(version == MqttVersion.V3 ? 3 : 5, false, code));
            });
    TransportRig rig = new TransportRig(version);
    assertFails(transport(rig), rig, Kind.TRANSIENT, "0x88 SERVER_UNAVAILABLE");
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatEndsInsideAPacketIsLost(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    byte[] packet = Packets.publish(rig.number(), 1, "a/b", "payload");
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(rig.number(), false, 0));
              peer.send(Arrays.copyOf(packet, packet.length - 3));
            });
    connectOrLose(rig);
    rig.awaitNoThreads();
    assertThat(rig.messages).isEmpty();
  }

  /** The loss may come before the consent was seen; then connecting fails with it. */
  private void connectOrLose(TransportRig rig) throws InterruptedException {
    try {
      transport(rig).connect(rig);
      assertThat(rig.loss().cause().kind()).isEqualTo(Kind.TRANSIENT);
    } catch (ProtocolException e) {
      assertThat(e.kind()).isEqualTo(Kind.TRANSIENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPacketThatIsTooLongEndsTheConnectionBeforeItIsRead(MqttVersion version) throws Exception {
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(version == MqttVersion.V3 ? 3 : 5, false, 0));
              peer.send(new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
              peer.ignore();
            });
    TransportRig rig = new TransportRig(version);
    try {
      transport(rig).connect(rig);
      assertThat(rig.loss().cause()).hasMessageContaining("mqtt.maximum.packet.size=1000000");
    } catch (ProtocolException e) {
      assertThat(e).hasMessageContaining("mqtt.maximum.packet.size=1000000");
    }
    rig.awaitNoThreads();
  }

  @Test
  void theBrokersReasonToDisconnectIsTold() throws Exception {
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, false, 0));
              peer.read(Packets.SUBSCRIBE);
              peer.send(Packets.disconnect(0x8E));
              peer.ignore();
            });
    TransportRig rig = new TransportRig(MqttVersion.V5);
    try (MqttTransport transport = transport(rig)) {
      transport.connect(rig);
      assertThatThrownBy(() -> transport.subscribe(List.of(Subscription.of("a", 1))))
          .isInstanceOf(ProtocolException.class);
      assertThat(rig.loss().takenOver()).isTrue();
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatTheListenerThrowsAtIsNeverAcknowledged(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(rig.number(), false, 0));
              peer.read(Packets.SUBSCRIBE);
              peer.send(Packets.publish(rig.number(), 1, "a/b", "poison"));
              try {
                while (true) {
                  received.add(peer.read().type());
                }
              } finally {
                received.add(-1);
              }
            });
    TransportListener throwing =
        new TransportListener() {
          @Override
          public void messageArrived(InboundMessage message) {
            throw new IllegalStateException("poison");
          }

          @Override
          public void connectionLost(ConnectionLoss loss) {
            rig.losses.add(loss);
          }
        };
    try (MqttTransport transport = transport(rig)) {
      transport.connect(throwing);
      assertThatThrownBy(() -> transport.subscribe(List.of(Subscription.of("a/b", 1))))
          .isInstanceOf(ProtocolException.class);
      assertThat(rig.loss().cause().status()).isEqualTo("PROTOCOL_ERROR");
    }
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(-1);
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void anAcknowledgementOfAnotherConnectionIsDropped(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<Integer> acknowledged = new LinkedBlockingQueue<>();
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(rig.number(), peer.number() > 1, 0));
              peer.send(Packets.publish(rig.number(), 7, "a/b", "old"));
              peer.send(Packets.publish(rig.number(), 8, "a/b", "new"));
              if (peer.number() > 1) {
                while (true) {
                  acknowledged.add(peer.read(Packets.PUBACK).id());
                }
              }
              peer.ignore();
            });
    InboundMessage stale;
    try (MqttTransport first = transport(rig)) {
      first.connect(rig);
      stale = rig.message();
      rig.message();
    }
    try (MqttTransport second = transport(rig)) {
      second.connect(rig);
      rig.message();
      InboundMessage fresh = rig.message();
      assertThat(fresh.epoch()).isGreaterThan(stale.epoch());
      second.acknowledge(stale);
      second.acknowledge(fresh);
      assertThat(acknowledged.poll(20, TimeUnit.SECONDS)).isEqualTo(8);
    }
    assertThat(acknowledged).isEmpty();
    rig.awaitNoThreads();
  }

  @Test
  void noMoreIsSentThanTheBrokerTakes() throws Exception {
    BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> acknowledge = new LinkedBlockingQueue<>();
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(0x21, 0, 3));
              for (int i = 0; i < 3; i++) {
                sent.add(peer.read(Packets.PUBLISH).publishId());
              }
              peer.send(Packets.puback(acknowledge.take(), 0));
              sent.add(peer.read(Packets.PUBLISH).publishId());
              peer.ignore();
            });
    TransportRig rig = new TransportRig(MqttVersion.V5);
    List<PublishResult> results = new CopyOnWriteArrayList<>();
    try (MqttTransport transport = transport(rig)) {
      assertThat(transport.connect(rig).limits().receiveMaximum()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(transport.publish(TransportRig.outbound("a", "x", 1), results::add)).isTrue();
      }
      assertThat(transport.publish(TransportRig.outbound("a", "x", 1), results::add)).isFalse();
      assertThat(transport.awaitWindow(Duration.ZERO)).isFalse();
      assertThat(transport.inFlight()).isEqualTo(3);
      int first = sent.take();
      acknowledge.add(first);
      assertThat(transport.awaitWindow(Duration.ofSeconds(20))).isTrue();
      assertThat(results).containsExactly(PublishResult.SUCCESS);
      assertThat(transport.publish(TransportRig.outbound("a", "x", 1), results::add)).isTrue();
      sent.take();
      sent.take();
      assertThat(sent.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    rig.awaitNoThreads();
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(results).hasSize(4));
    assertThat(results.subList(1, 4))
        .extracting(PublishResult::outcome)
        .containsOnly(PublishResult.Outcome.RETRY);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReasonCode.class,
      names = {"SUCCESS", "NOT_AUTHORIZED", "QUOTA_EXCEEDED"})
  void theBrokersVerdictOnAPublicationIsTold(ReasonCode reason) throws Exception {
    broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, false, 0));
              int id = peer.read(Packets.PUBLISH).publishId();
              peer.send(Packets.puback(id, reason.code()));
              peer.ignore();
            });
    TransportRig rig = new TransportRig(MqttVersion.V5);
    BlockingQueue<PublishResult> results = new LinkedBlockingQueue<>();
    try (MqttTransport transport = transport(rig)) {
      transport.connect(rig);
      transport.publish(TransportRig.outbound("a", "x", 1), results::add);
      assertThat(results.poll(20, TimeUnit.SECONDS)).isEqualTo(PublishResult.of(reason.code()));
    }
    rig.awaitNoThreads();
  }
}
