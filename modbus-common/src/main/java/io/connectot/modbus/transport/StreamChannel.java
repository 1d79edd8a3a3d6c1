// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Frames over a line of bytes: a TCP connection, TLS, or a serial port. */
final class StreamChannel implements Channel {
  /** Longer than any adapter holds back bytes, so that a frame cannot hide in it. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  private static final int MAX_DRAINS = 20;

  private final ByteLine line;
  private final Framing framing;
  private final boolean bus;
  private final boolean echo;
  private final byte[] buffer = new byte[Framing.LONGEST_FRAME];

  private StreamChannel(ByteLine line, Framing framing, boolean bus, boolean echo) {
    this.line = line;
    this.framing = framing;
    this.bus = bus;
    this.echo = echo;
  }

  /** A connection to one device or gateway. */
  static StreamChannel connection(ByteLine line, Framing framing) {
    return new StreamChannel(line, framing, false, false);
  }

  /**
   * A serial port.
   *
   * @param echo whether the line returns every byte sent
   */
  static StreamChannel port(ByteLine line, Framing framing, boolean echo) {
    return new StreamChannel(line, framing, true, echo);
  }

  @Override
  public byte[] exchange(ReadRequest request, Deadline deadline)
      throws IOException, ModbusExceptionReply {
    int unasked = line.discard(deadline);
    if (unasked > 0 && !bus) {
      // On a bus it is noise; a connection has none, so that the next bytes may be late as well.
      throw new IOException("the device sent " + unasked + " bytes that nothing had asked for");
    }
    byte[] frame = framing.wrap(request);
    line.send(frame, deadline);
    if (echo) {
      takeEcho(frame, deadline);
    }
    int length = framing.receive(line, request, buffer, deadline);
    if (!numbersReplies() && line.discard(deadline) > 0) {
      throw new BadReplyException("more than one reply arrived, and either may be a late one");
    }
    return framing.unwrap(buffer, length, request);
  }

  private void takeEcho(byte[] sent, Deadline deadline) throws IOException {
    Framing.fill(line, buffer, 0, sent.length, deadline);
    if (!Arrays.equals(sent, 0, sent.length, buffer, 0, sent.length)) {
      throw new BadReplyException(
          "the echo is not what was sent: the line has none, or another sender");
    }
  }

  @Override
  public void drain(CloseGuard.Call call) throws IOException {
    for (int i = 0; i < MAX_DRAINS; i++) {
      call.sleep(SILENCE);
      if (line.discard(Deadline.in(SILENCE, LinkClock.SYSTEM)) == 0) {
        return;
      }
    }
    throw new BadReplyException("the line does not fall silent");
  }

  @Override
  public boolean numbersReplies() {
    return framing == Framing.MBAP;
  }

  @Override
  public boolean survivesFailure() {
    return bus;
  }

  @Override
  public boolean isOpen() {
    return line.isOpen();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
