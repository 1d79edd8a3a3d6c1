// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.address.ModbusTable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Responses over TCP are read with as few system calls as possible, and no byte too many. */
class MbapReceiveTest {
  private static final ReadRequest TWO_REGISTERS =
      new ReadRequest(0x1234, 17, ModbusTable.HOLDING_REGISTER, 5, 2);
  private static final String RESPONSE = "1234 0000 0007 11 03 04 0001 0002";
  private static final String EXCEPTION = "1234 0000 0003 11 83 02";

  private final byte[] buffer = new byte[Framing.LONGEST_FRAME];

  @Test
  void aWholeResponseTakesOneRead() throws IOException {
    Chunks line = new Chunks(RESPONSE);

    assertThat(receive(line)).isEqualTo(13);
    assertThat(line.reads).isEqualTo(1);
  }

  @Test
  void aResponseMayComeInParts() throws IOException {
    assertThat(receive(new Chunks("12", "34 0000", "0007 11", "03 04 0001 00", "02")))
        .isEqualTo(13);
    assertThat(buffer).startsWith(bytes(RESPONSE));
  }

  @Test
  void anExceptionIsShorterThanTheResponse() throws IOException {
    assertThat(receive(new Chunks(EXCEPTION))).isEqualTo(9);
  }

  @Test
  void bytesAfterTheResponseStayOnTheLine() throws IOException {
    Chunks line = new Chunks(RESPONSE + "1235 0000");

    assertThat(receive(line)).isEqualTo(13);
    assertThat(line.available()).isEqualTo(4);
  }

  @Test
  void bytesAfterAnExceptionMakeItInvalid() {
    assertThatThrownBy(() -> receive(new Chunks(EXCEPTION + "1235")))
        .isInstanceOf(InvalidResponseException.class)
        .hasMessage("more than one response arrived; one of them may be late");
  }

  private int receive(ByteStream line) throws IOException {
    IoDeadline deadline = IoDeadline.in(Duration.ofHours(1), Clock.SYSTEM);
    return Framing.MBAP.receive(line, TWO_REGISTERS, buffer, deadline, new StrayBytes());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** A line on which bytes arrive in parts. */
  private static final class Chunks implements ByteStream {
    private final byte[][] chunks;
    private int chunk;
    private int position;
    private int reads;

    Chunks(String... hex) {
      chunks = new byte[hex.length][];
      for (int i = 0; i < hex.length; i++) {
        chunks[i] = bytes(hex[i]);
      }
    }

    @Override
    public int read(byte[] target, int offset, int longest, IoDeadline deadline)
        throws IOException {
      if (available() == 0) {
        throw new EOFException();
      }
      reads++;
      int count = Math.min(longest, available());
      System.arraycopy(chunks[chunk], position, target, offset, count);
      position += count;
      if (position == chunks[chunk].length) {
        chunk++;
        position = 0;
      }
      return count;
    }

    @Override
    public int available() {
      return chunk == chunks.length ? 0 : chunks[chunk].length - position;
    }

    @Override
    public void send(byte[] bytes, IoDeadline deadline) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
