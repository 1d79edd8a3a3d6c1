// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.transport.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketInputTest {
  private final Random random = new Random(1);
  private final List<byte[]> handled = new ArrayList<>();
  private final List<InvalidPacketException> invalid = new ArrayList<>();
  private int caughtUp;

  /** Takes packets of one type. */
  private final class Taker implements PacketHandler {
    private final int type;

    Taker(int type) {
      this.type = type;
    }

    @Override
    public void caughtUp() {
      caughtUp++;
    }

    @Override
    public void bytesArrived() {
      // Nothing depends on it here.
    }

    @Override
    public boolean handle(int first, byte[] data, int from, int to) {
      if (first >> 4 != type) {
        return false;
      }
      handled.add(Arrays.copyOfRange(data, from, to));
      return true;
    }

    @Override
    public void invalid(InvalidPacketException cause) {
      invalid.add(cause);
    }
  }

  private InputStream input(byte[] bytes, int longest, int typeTaken) {
    InputStream dribbling =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, Math.min(length, 1 + random.nextInt(3000)));
          }
        };
    return new PacketInput(dribbling, new ReadThrottle(), longest, new Taker(typeTaken));
  }

  private byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[500];
    for (int count = 0; count >= 0; ) {
      read.write(buffer, 0, count);
      if (random.nextBoolean()) {
        count = in.read(buffer, 0, 1 + random.nextInt(buffer.length));
      } else {
        int octet = in.read();
        buffer[0] = (byte) octet;
        count = octet < 0 ? -1 : 1;
      }
    }
    return read.toByteArray();
  }

  @Test
  void packetsAreTakenOutAndTheOthersPassUnchangedHoweverTheyAreRead() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int length = random.nextInt(i % 50 == 0 ? 100_000 : 300);
      byte[] publish = Packets.publish(5, 1, "a", "x".repeat(length));
      all.writeBytes(publish);
      taken.add(length);
      byte[] puback = Packets.puback(1 + i, 0);
      all.writeBytes(puback);
      left.writeBytes(puback);
    }

    byte[] passed = readAll(input(all.toByteArray(), 200_000, Packets.PUBLISH));

    assertThat(passed).isEqualTo(left.toByteArray());
    // Topic, packet identifier, properties.
    assertThat(caughtUp).isGreaterThan(10);
    assertThat(handled).extracting(body -> body.length - 3 - 2 - 1).isEqualTo(taken);
  }

  @Test
  void longPacketsPassUnchanged() throws IOException {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 120, 130, 20_000, 2_000_000, 10, 40_000}) {
      packets.writeBytes(Packets.publish(5, 1, "a", "x".repeat(length)));
    }
    assertThat(readAll(input(packets.toByteArray(), 3_000_000, 0)))
        .isEqualTo(packets.toByteArray());
    assertThat(handled).isEmpty();
  }

  @Test
  void theLongestPacketPassesAndALongerOneDoesNot() throws IOException {
    byte[] packet = Packets.publish(5, 1, "a", "x".repeat(200));
    assertThat(input(packet, packet.length, 0).readAllBytes()).hasSameSizeAs(packet);
    assertThat(invalid).isEmpty();

    assertThatThrownBy(() -> input(packet, packet.length - 1, 0).readAllBytes())
        .isInstanceOf(InvalidPacketException.class)
        .hasMessageContaining(packet.length + " bytes");
    assertThat(invalid)
        .extracting(InvalidPacketException::reason)
        .containsExactly(ReasonCode.PACKET_TOO_LARGE);
  }

  @Test
  void aLengthOfFiveBytesIsRefused() {
    byte[] packet = {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
    assertThatThrownBy(() -> input(packet, 1000, 0).readAllBytes())
        .isInstanceOf(InvalidPacketException.class);
    assertThat(invalid)
        .extracting(InvalidPacketException::reason)
        .containsExactly(ReasonCode.MALFORMED_PACKET);
  }

  @Test
  void anEndInsideAPacketIsNoEndOfTheStream() {
    byte[] packet = Packets.publish(5, 1, "a", "payload");
    for (int length = 1; length < packet.length; length++) {
      byte[] part = Arrays.copyOf(packet, length);
      assertThatThrownBy(() -> input(part, 1000, 0).readAllBytes())
          .isInstanceOf(EOFException.class);
    }
    assertThat(invalid).isEmpty();
  }
}
