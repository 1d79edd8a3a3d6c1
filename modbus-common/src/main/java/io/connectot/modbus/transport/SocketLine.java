// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A TCP connection, plain or with TLS over it. */
final class SocketLine implements ByteLine {
  private final DeadlineSocket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param socket the connection itself, which is closed with the line
   * @param secured what data passes through: {@code socket}, or TLS over it
   */
  SocketLine(DeadlineSocket socket, Socket secured) throws IOException {
    this.socket = socket;
    this.in = secured.getInputStream();
    this.out = secured.getOutputStream();
  }

  @Override
  public void send(byte[] bytes, Deadline deadline) throws IOException {
    socket.arm(deadline);
    out.write(bytes);
    out.flush();
  }

  @Override
  public int read(byte[] target, int offset, int longest, Deadline deadline) throws IOException {
    socket.arm(deadline);
    int count = in.read(target, offset, longest);
    if (count < 0) {
      throw new EOFException("the device closed the connection");
    }
    return count;
  }

  @Override
  public int discard(Deadline deadline) throws IOException {
    int discarded = 0;
    for (int available = in.available(); available > 0; available = in.available()) {
      discarded += read(new byte[available], 0, available, deadline);
    }
    return discarded;
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  /** Closes the connection below TLS: a close_notify to a dead device could block. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
