// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusRTUTCPTransport;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The library's TCP transports over a socket of ours, plain or TLS. */
final class StreamChannel implements Channel {
  /** How long a connection is listened to for late replies: serial device servers pass them on. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  private static final int MAX_DRAINS = 20;

  private final DeadlineSocket socket;
  private final Framing framing;
  private final ReplyTap tap;
  private final ModbusTCPTransport transport;

  /**
   * @param socket the connection itself, which is closed with the channel
   * @param secured what data passes through: {@code socket}, or TLS over it
   */
  StreamChannel(DeadlineSocket socket, Socket secured, Framing framing) throws IOException {
    this.socket = socket;
    this.framing = framing;
    this.tap = new ReplyTap(secured.getInputStream());
    LibrarySocket streams = new LibrarySocket(tap, secured.getOutputStream());
    this.transport =
        framing == Framing.MBAP
            ? new ModbusTCPTransport(streams)
            : new ModbusRTUTCPTransport(streams);
  }

  @Override
  public byte[] exchange(ReadRequest request, Deadline deadline)
      throws IOException, ModbusExceptionReply {
    socket.arm(deadline);
    if (!framing.hasTransaction()) {
      tap.discardAvailable();
    }
    tap.begin();
    try {
      transport.writeRequest(request.toMessage());
    } catch (ModbusIOException e) {
      throw new IOException("the request could not be sent: " + e.getMessage(), e);
    }
    try {
      transport.readResponse();
    } catch (ModbusIOException | RuntimeException e) {
      throw tap.failure() != null ? tap.failure() : unreadable(e);
    }
    return framing.unwrap(tap.bytes(), tap.length(), request);
  }

  private IOException unreadable(Exception e) {
    return new BadReplyException(
        "no Modbus frame in " + tap.length() + " bytes: " + e.getMessage());
  }

  @Override
  public void drain(CloseGuard.Call call) throws IOException {
    if (framing.hasTransaction()) {
      return;
    }
    socket.arm(Deadline.in(SILENCE.multipliedBy(MAX_DRAINS), LinkClock.SYSTEM));
    for (int i = 0; i < MAX_DRAINS; i++) {
      call.sleep(SILENCE);
      if (tap.discardAvailable() == 0) {
        return;
      }
    }
    throw new BadReplyException("the line does not fall silent");
  }

  @Override
  public boolean survivesFailure() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  /** Closes the connection below TLS: a close_notify to a dead device could block. */
  @Override
  public void close() {
    CloseGuard.closeQuietly(socket);
  }
}
