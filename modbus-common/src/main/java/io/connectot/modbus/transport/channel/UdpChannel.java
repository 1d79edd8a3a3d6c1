// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.InvalidResponseException;
import io.connectot.modbus.transport.frame.IoDeadline;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.Request;
import io.connectot.modbus.transport.frame.ResponseShape;
import io.connectot.modbus.transport.frame.StrayBytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;

/**
 * MBAP frames in datagrams. Drops datagrams that are not the response: networks repeat and delay
 * them, and any host can send one.
 */
final class UdpChannel implements FrameChannel {
  private final DatagramSocket socket;
  private final byte[] buffer = new byte[Framing.LONGEST_FRAME];

  /**
   * @param socket connected to the device, so that it receives from no other host
   */
  UdpChannel(DatagramSocket socket) {
    this.socket = socket;
  }

  @Override
  public byte[] transact(Request request, IoDeadline deadline)
      throws IOException, ModbusExceptionResponse {
    byte[] frame = Framing.MBAP.encode(request);
    socket.send(new DatagramPacket(frame, frame.length));
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.setSoTimeout(deadline.remainingMillis());
      socket.receive(packet);
      try {
        return Framing.MBAP.decode(buffer, packet.getLength(), request);
      } catch (InvalidResponseException e) {
        // Not the response: keep waiting.
      }
    }
  }

  @Override
  public void drain(CloseGuard.Call call) {
    // Datagrams that are not the response are dropped anyway.
  }

  @Override
  public void takeStrayBytes(StrayBytes target) {
    // Datagrams that are not the response are dropped anyway.
  }

  @Override
  public void listen(Duration duration) {
    // As above.
  }

  @Override
  public List<ResponseShape> responses(StrayBytes stray) {
    return List.of();
  }

  @Override
  public boolean hasTransactionIds() {
    return true;
  }

  @Override
  public boolean reusableAfterFailure() {
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
