// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.ReasonCode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a broker of MQTT 5 limits, and what not. */
class LimitsTest {
  private static final int MAXIMUM_QOS = 0x24;
  private static final int RETAIN_AVAILABLE = 0x25;
  private static final int MAXIMUM_PACKET_SIZE = 0x27;
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int TOPIC_ALIAS_MAXIMUM = 0x22;

  private final TransportRig rig = new TransportRig(MqttVersion.V5);
  private final BlockingQueue<ScriptedBroker.Packet> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<PublishResult> results = new LinkedBlockingQueue<>();

  private PublishResult publish(MqttTransport transport, OutboundMessage message)
      throws InterruptedException {
    assertThat(transport.publish(message, results::add)).isTrue();
    PublishResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    return result;
  }

  @Test
  void whatTheBrokerWouldNotTakeIsNotSent() throws Exception {
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(
                      Packets.connack(
                          MAXIMUM_QOS, 0, RETAIN_AVAILABLE, 0, MAXIMUM_PACKET_SIZE, 0, 0, 0, 100));
                  seen.add(peer.read());
                  peer.ignore();
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      assertThat(publish(transport, TransportRig.outbound("a", "x", 1)))
          .isEqualTo(PublishResult.refused(ReasonCode.QOS_NOT_SUPPORTED));
      assertThat(
              publish(
                  transport,
                  new OutboundMessage("a", new byte[1], 0, true, MessageProperties.NONE)))
          .isEqualTo(PublishResult.refused(ReasonCode.RETAIN_NOT_SUPPORTED));
      assertThat(publish(transport, TransportRig.outbound("a", "x".repeat(200), 0)))
          .isEqualTo(PublishResult.refused(ReasonCode.PACKET_TOO_LARGE));
      assertThat(publish(transport, TransportRig.outbound("fine", "x", 0)))
          .isEqualTo(PublishResult.SUCCESS);
      ScriptedBroker.Packet packet = seen.poll(20, TimeUnit.SECONDS);
      assertThat(packet).isNotNull();
      assertThat(packet.id()).as("length of the topic").isEqualTo(4);
    }
  }

  @Test
  void theBrokersLimitOnPacketsIsNotThatOfTheClient() throws Exception {
    String longText = "x".repeat(5000);
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(MAXIMUM_PACKET_SIZE, 0, 0, 1, 0));
                  peer.send(Packets.publish(5, 1, "a", longText));
                  peer.ignore();
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      assertThat(TransportRig.text(rig.message())).isEqualTo(longText);
      assertThat(rig.losses).isEmpty();
    }
  }

  @Test
  void everyMessageCarriesItsTopic() throws Exception {
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(TOPIC_ALIAS_MAXIMUM, 0, 10));
                  seen.add(peer.read(Packets.PUBLISH));
                  seen.add(peer.read(Packets.PUBLISH));
                  peer.ignore();
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      publish(transport, TransportRig.outbound("topic", "x", 0));
      publish(transport, TransportRig.outbound("topic", "x", 0));
      for (int i = 0; i < 2; i++) {
        ScriptedBroker.Packet packet = seen.poll(20, TimeUnit.SECONDS);
        assertThat(packet).isNotNull();
        assertThat(packet.id()).as("length of the topic").isEqualTo(5);
      }
    }
  }

  @Test
  void theBrokersKeepAliveCounts() throws Exception {
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(SERVER_KEEP_ALIVE, 0, 1));
                  seen.add(peer.read(Packets.PINGREQ));
                  peer.ignore();
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      assertThat(transport.connect(rig).limits().keepAlive()).isEqualTo(Duration.ofSeconds(1));
      assertThat(seen.poll(20, TimeUnit.SECONDS)).as("a ping").isNotNull();
    }
    rig.awaitNoThreads();
  }
}
