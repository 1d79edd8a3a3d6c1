// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/**
 * MBAP frames in datagrams. Datagrams that are not the reply are dropped: anybody can send one, and
 * networks repeat and delay them.
 */
final class UdpChannel implements Channel {
  private final DatagramSocket socket;
  private final byte[] buffer = new byte[Framing.LONGEST_FRAME];

  /**
   * @param socket connected to the device, so that it hears nobody else
   */
  UdpChannel(DatagramSocket socket) {
    this.socket = socket;
  }

  @Override
  public byte[] exchange(ReadRequest request, Deadline deadline)
      throws IOException, ModbusExceptionReply {
    byte[] frame = Framing.MBAP.wrap(request);
    socket.send(new DatagramPacket(frame, frame.length));
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.setSoTimeout(deadline.remainingMillis());
      socket.receive(packet);
      try {
        return Framing.MBAP.unwrap(buffer, packet.getLength(), request);
      } catch (BadReplyException e) {
        // Not the reply: the wait goes on.
      }
    }
  }

  @Override
  public void drain(CloseGuard.Call call) {
    // A datagram that is not the reply is dropped in any case.
  }

  @Override
  public boolean numbersReplies() {
    return true;
  }

  @Override
  public boolean survivesFailure() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void close() {
    socket.close();
  }
}
