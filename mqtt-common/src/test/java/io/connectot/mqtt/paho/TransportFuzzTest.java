// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.MqttTransport;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a broker sends, the connection ends or goes on, and no thread dies of it unnoticed. */
@Tag("full")
class TransportFuzzTest {
  private static final int ROUNDS = 25;

  @ParameterizedTest
  @EnumSource
  void noBytesKillAThread(MqttVersion version) throws Exception {
    BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    TransportRig rig = new TransportRig(version);
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              Random random = new Random(peer.number());
              if (peer.number() % 4 != 0) {
                peer.send(Packets.connack(rig.number(), false, 0));
              }
              peer.send(garbage(rig, random));
            })) {
      for (int round = 0; round < ROUNDS; round++) {
        round(rig, broker);
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    rig.awaitNoThreads();
    assertThat(uncaught).isEmpty();
  }

  /** The broker hangs up after the garbage, so that every round ends in a loss or a refusal. */
  private static void round(TransportRig rig, ScriptedBroker broker) throws InterruptedException {
    try (MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      rig.loss();
    } catch (ProtocolException e) {
      assertThat(e.status()).isNotEmpty();
    }
  }

  private static byte[] garbage(TransportRig rig, Random random) {
    if (random.nextBoolean()) {
      byte[] packet = Packets.publish(rig.number(), 1, "a/b/c", "some payload");
      for (int i = 0; i < 3; i++) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
      }
      return packet;
    }
    byte[] bytes = new byte[2 + random.nextInt(40)];
    random.nextBytes(bytes);
    bytes[0] = (byte) (0x20 + 0x10 * random.nextInt(14));
    bytes[1] = (byte) (bytes.length - 2);
    return bytes;
  }
}
