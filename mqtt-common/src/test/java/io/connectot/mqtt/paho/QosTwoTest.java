// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of QoS 2 are answered when they are acknowledged, and not taken twice. */
class QosTwoTest {
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /** Says what the client sends, until it goes. */
  private void listen(ScriptedBroker.Peer peer) throws Exception {
    while (true) {
      ScriptedBroker.Packet packet = peer.read();
      answers.add(packet.type() + ":" + packet.id());
    }
  }

  private String answer() throws InterruptedException {
    return answers.poll(30, TimeUnit.SECONDS);
  }

  private static TransportRig rig(MqttVersion version) {
    return new TransportRig(version, Duration.ofHours(1), Duration.ofSeconds(20), Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void theBrokerHearsOfAMessageOnlyWhenItIsAcknowledged(MqttVersion version) throws Exception {
    TransportRig rig = rig(version);
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(rig.number(), false, 0));
                  peer.send(Packets.publish(rig.number(), 2, false, 5, "a", "one"));
                  peer.send(Packets.publish(rig.number(), 2, false, 6, "a", "two"));
                  // Not known, as after a restart of the client: answered at once.
                  peer.send(Packets.pubrel(9));
                  listen(peer);
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      InboundMessage one = rig.message();
      InboundMessage two = rig.message();
      assertThat(one.qos()).isEqualTo(2);
      assertThat(answer()).isEqualTo("7:9");
      transport.acknowledge(one);
      assertThat(answer()).isEqualTo("5:5");
      transport.acknowledge(two);
      assertThat(answer()).isEqualTo("5:6");
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAnsweredAndNotReleasedIsNoNewMessage(MqttVersion version) throws Exception {
    TransportRig rig = rig(version);
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              boolean again = peer.number() > 1;
              peer.send(Packets.connack(rig.number(), again, 0));
              peer.send(Packets.publish(rig.number(), 2, again, 5, "a", "one"));
              peer.send(Packets.publish(rig.number(), 2, again, 6, "a", "two"));
              if (again) {
                peer.send(Packets.publish(rig.number(), 2, true, 7, "a", "three"));
                peer.send(Packets.pubrel(5));
                peer.send(Packets.publish(rig.number(), 2, true, 5, "a", "one"));
              }
              listen(peer);
            })) {
      try (MqttTransport first = rig.transport(TransportRig.tcp(broker.port()))) {
        first.connect(rig);
        first.acknowledge(rig.message());
        assertThat(answer()).isEqualTo("5:5");
        assertThat(TransportRig.text(rig.message())).isEqualTo("two");
      }
      try (MqttTransport second = rig.transport(TransportRig.tcp(broker.port()))) {
        second.connect(rig);
        assertThat(answer()).isEqualTo("5:5");
        assertThat(answer()).isEqualTo("7:5");
        assertThat(TransportRig.text(rig.message())).isEqualTo("two");
        assertThat(TransportRig.text(rig.message())).isEqualTo("three");
        assertThat(TransportRig.text(rig.message())).as("released, so new").isEqualTo("one");
      }
    }
    assertThat(rig.messages).isEmpty();
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUnmarkedOrOfAnotherContentOrOfAnotherSessionIsNew(MqttVersion version)
      throws Exception {
    TransportRig rig = rig(version);
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(rig.number(), peer.number() == 2, 0));
              peer.send(Packets.publish(rig.number(), 2, peer.number() == 3, 5, "a", "first"));
              peer.send(
                  Packets.publish(
                      rig.number(), 2, peer.number() == 2, 6, "a", "no " + peer.number()));
              listen(peer);
            })) {
      for (int number = 1; number <= 3; number++) {
        try (MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
          transport.connect(rig);
          InboundMessage first = rig.message();
          InboundMessage second = rig.message();
          assertThat(TransportRig.text(first)).isEqualTo("first");
          assertThat(TransportRig.text(second)).isEqualTo("no " + number);
          transport.acknowledge(first);
          transport.acknowledge(second);
          assertThat(answer()).isEqualTo("5:5");
          assertThat(answer()).isEqualTo("5:6");
        }
      }
    }
    rig.awaitNoThreads();
  }
}
