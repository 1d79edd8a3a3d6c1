// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFraming;
import io.connectot.modbus.testing.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random bytes, and proper responses with a few bytes changed, are never data. */
@Tag("full")
class FramingFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final ReadRequest REQUEST =
      new ReadRequest(0x1234, 17, ModbusTable.HOLDING_REGISTER, 5, 10);

  @ParameterizedTest
  @EnumSource(Framing.class)
  void randomBytesAreNoResponse(Framing framing) throws Exception {
    Random random = new Random(20_261_121);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        // Far enough into the frame to reach the checks behind the first.
        byte[] start = framing.encode(REQUEST);
        System.arraycopy(start, 0, bytes, 0, Math.min(bytes.length, 4));
      }
      assertThat(outcome(framing, bytes)).as("round %d", i).isNotEqualTo("data");
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aChangedByteIsNoticed(Framing framing) throws Exception {
    Random random = new Random(42);
    byte[] proper = properResponse(framing);
    assertThat(outcome(framing, proper)).isEqualTo("data");
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = proper.clone();
      // MBAP has no checksum: TCP and UDP guard its data, here only what is said about them counts.
      int end = framing == Framing.MBAP ? 9 : bytes.length;
      int at = random.nextInt(end);
      byte old = bytes[at];
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      boolean sameDigit =
          framing == Framing.ASCII
              && Character.digit(old, 16) >= 0
              && Character.digit(old, 16) == Character.digit(bytes[at], 16);
      assertThat(outcome(framing, bytes)).isEqualTo(sameDigit ? "data" : "no response");
    }
  }

  private static byte[] properResponse(Framing framing) {
    byte[] body = new byte[21];
    body[0] = 20;
    for (int i = 1; i < body.length; i++) {
      body[i] = (byte) (i * 37);
    }
    ServerFraming wire = ServerFraming.valueOf(framing.name());
    return wire.write(new ServerResponse(REQUEST.transaction(), 0, REQUEST.unit(), 3, body));
  }

  private static String outcome(Framing framing, byte[] bytes) {
    byte[] buffer = new byte[Framing.LONGEST_FRAME];
    try {
      int length =
          framing.receive(
              new Playback(bytes),
              REQUEST,
              buffer,
              IoDeadline.in(Duration.ofHours(1), Clock.SYSTEM),
              new StrayBytes());
      framing.decode(buffer, length, REQUEST);
      return "data";
    } catch (ModbusExceptionResponse e) {
      return "refusal";
    } catch (IOException e) {
      return "no response";
    }
  }

  /** A line on which these bytes arrive, and then nothing ever. */
  private static final class Playback implements ByteStream {
    private final byte[] bytes;
    private int next;

    Playback(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void send(byte[] frame, IoDeadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int longest, IoDeadline deadline)
        throws IOException {
      int count = Math.min(longest, bytes.length - next);
      if (count == 0) {
        throw new EOFException();
      }
      System.arraycopy(bytes, next, target, offset, count);
      next += count;
      return count;
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      next = bytes.length;
    }
  }
}
