// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no broker may send ends the connection, with the reason told to the broker and the user. */
class InvalidPacketsTest {
  private static final int DISCONNECT = 14;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "V3 | 36050001610001        | 81 | QoS 3",
        "V5 | 36060001610001 00     | 81 | QoS 3",
        "V5 | 300800000323000178 78 | 94 | topic alias",
        "V5 | 3005 0001 2b 00 78    | 90 | wildcard",
        "V5 | 30ffffff7f            | 95 | mqtt.maximum.packet.size=1000000",
        "V3 | 30ffffff7f            | 95 | mqtt.maximum.packet.size=1000000",
        "V5 | 20030000 00           | 82 | second CONNACK",
        "V3 | 60020001              | 81 | flags",
        "V3 | 62020000              | 82 | identifier",
        "V3 | e000                  | 82 | MQTT 3.1.1 does not have",
        "V5 | c000                  | 82 | no broker sends",
        "V5 | 0000                  | 82 | no broker sends",
      })
  void theReasonIsTold(MqttVersion version, String hex, String code, String why) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<List<Byte>> farewells = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
            new ScriptedBroker(
                peer -> {
                  peer.read(Packets.CONNECT);
                  peer.send(Packets.connack(rig.number(), false, 0));
                  peer.read(Packets.SUBSCRIBE);
                  peer.send(HexFormat.of().parseHex(hex.replace(" ", "")));
                  byte[] body = peer.read(DISCONNECT).body();
                  farewells.add(List.of(body[0]));
                });
        MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      assertThat(catchSubscribe(transport)).hasMessageContaining(why);
      ConnectionLoss loss = rig.loss();
      assertThat(loss.cause().status()).isEqualTo("PROTOCOL_ERROR");
      assertThat(loss.cause())
          .hasMessageContaining(why)
          .hasMessageContaining("0x" + code.toUpperCase(java.util.Locale.ROOT));
      if (version == MqttVersion.V5) {
        assertThat(farewells.poll(30, TimeUnit.SECONDS))
            .containsExactly((byte) Integer.parseInt(code, 16));
      }
    }
    rig.awaitNoThreads();
  }

  private static Throwable catchSubscribe(MqttTransport transport) {
    return org.assertj.core.api.Assertions.catchThrowable(
        () -> transport.subscribe(List.of(Subscription.of("a", 1))));
  }
}
