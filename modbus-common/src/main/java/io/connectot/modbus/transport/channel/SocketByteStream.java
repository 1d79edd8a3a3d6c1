// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.IoDeadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A TCP connection, plain or with TLS over it. */
final class SocketByteStream implements ByteStream {
  private final DeadlineSocket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param socket the TCP connection, closed together with this stream
   * @param secured the socket that carries the data: {@code socket} itself, or TLS over it
   */
  SocketByteStream(DeadlineSocket socket, Socket secured) throws IOException {
    this.socket = socket;
    this.in = secured.getInputStream();
    this.out = secured.getOutputStream();
  }

  @Override
  public void send(byte[] bytes, IoDeadline deadline) throws IOException {
    socket.arm(deadline);
    out.write(bytes);
    out.flush();
  }

  @Override
  public int read(byte[] target, int offset, int longest, IoDeadline deadline) throws IOException {
    socket.arm(deadline);
    int count = in.read(target, offset, longest);
    if (count < 0) {
      throw new EOFException("the device closed the connection");
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
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
