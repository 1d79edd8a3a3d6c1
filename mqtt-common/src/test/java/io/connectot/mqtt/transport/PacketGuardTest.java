// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.testing.Packets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketGuardTest {
  private static InputStream guard(byte[] bytes, int longest) {
    return new PacketGuard(new ByteArrayInputStream(bytes), longest);
  }

  @Test
  void packetsPassUnchangedHoweverTheyAreRead() throws IOException {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 120, 130, 20_000}) {
      packets.writeBytes(Packets.publish(5, 1, "a", "x".repeat(length)));
    }
    Random random = new Random(1);
    InputStream in = guard(packets.toByteArray(), 30_000);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[500];
    int count = 0;
    while (count >= 0) {
      read.write(buffer, 0, count);
      count = in.read(buffer, 0, 1 + random.nextInt(buffer.length));
    }
    assertThat(read.toByteArray()).isEqualTo(packets.toByteArray());
  }

  @Test
  void theLongestPacketPassesAndALongerOneDoesNot() throws IOException {
    byte[] packet = Packets.publish(5, 1, "a", "x".repeat(200));
    assertThat(guard(packet, packet.length).readAllBytes()).hasSameSizeAs(packet);
    assertThatThrownBy(() -> guard(packet, packet.length - 1).readAllBytes())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(packet.length + " bytes");
  }

  @Test
  void aLengthOfFiveBytesIsRefused() {
    byte[] packet = {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
    assertThatThrownBy(() -> guard(packet, 1000).readAllBytes())
        .isInstanceOf(ProtocolException.class);
  }
}
