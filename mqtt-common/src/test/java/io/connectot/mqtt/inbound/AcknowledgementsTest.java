// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.TransportRig;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Acknowledgements reach the broker whole and in order, whatever the library sends meanwhile. */
class AcknowledgementsTest {
  private static final int MESSAGES = 2000;

  @ParameterizedTest
  @EnumSource
  void theyGoBetweenTheLibrarysPackets(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<Integer> acknowledged = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> published = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(rig.number(), false, 0));
                  for (int id = 1; id <= MESSAGES; id++) {
                    peer.send(Packets.publish(rig.number(), id, "a", "x"));
                  }
                  while (true) {
                    ScriptedBroker.Packet packet = peer.read();
                    if (packet.type() == Packets.PUBACK) {
                      acknowledged.add(packet.id());
                    } else {
                      assertThat(packet.type()).isEqualTo(Packets.PUBLISH);
                      published.add(packet.body().length);
                    }
                  }
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      String large = "x".repeat(30_000);
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        InboundMessage message = rig.message();
        transport.acknowledge(message);
        ids.add(message.packetId());
        if (i % 100 == 0) {
          assertThat(transport.publish(TransportRig.outbound("a", large, 0), result -> {}))
              .isTrue();
        }
      }
      List<Integer> seen = new ArrayList<>();
      while (seen.size() < MESSAGES) {
        Integer id = acknowledged.poll(30, TimeUnit.SECONDS);
        assertThat(id).as("after %s", seen.size()).isNotNull();
        seen.add(id);
      }
      assertThat(seen).isEqualTo(ids);
      for (int i = 0; i < MESSAGES / 100; i++) {
        assertThat(published.poll(30, TimeUnit.SECONDS)).isGreaterThan(30_000);
      }
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsSentBeforeTheFarewell(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<Integer> types = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(rig.number(), false, 0));
                  for (int id = 1; id <= 100; id++) {
                    peer.send(Packets.publish(rig.number(), id, "a", "x"));
                  }
                  int type = 0;
                  while (type != Packets.DISCONNECT) {
                    type = peer.read().type();
                    types.add(type);
                  }
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      for (int i = 0; i < 100; i++) {
        transport.acknowledge(rig.message());
      }
      transport.disconnect(Duration.ofSeconds(60));
      for (int i = 0; i < 100; i++) {
        assertThat(types.poll(30, TimeUnit.SECONDS)).isEqualTo(Packets.PUBACK);
      }
      assertThat(types.poll(30, TimeUnit.SECONDS)).isEqualTo(Packets.DISCONNECT);
    }
    rig.awaitNoThreads();
  }
}
