// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusUDPTransport;
import java.io.IOException;
import java.net.DatagramSocket;

/**
 * The library's UDP transport over a socket of ours. Datagrams that are not the reply are dropped:
 * anybody can send one, and networks repeat and delay them.
 */
final class UdpChannel implements Channel {
  private final DatagramSocket socket;
  private final UdpTerminal terminal;
  private final ModbusUDPTransport transport;

  UdpChannel(DatagramSocket socket) {
    this.socket = socket;
    this.terminal = new UdpTerminal(socket);
    this.transport = new ModbusUDPTransport(terminal);
  }

  @Override
  public byte[] exchange(ReadRequest request, Deadline deadline)
      throws IOException, ModbusExceptionReply {
    terminal.begin(request, deadline);
    try {
      transport.writeRequest(request.toMessage());
      transport.readResponse();
    } catch (ModbusIOException | RuntimeException e) {
      throw terminal.failure() != null
          ? terminal.failure()
          : new BadReplyException("no Modbus frame: " + e.getMessage());
    }
    return terminal.data();
  }

  @Override
  public void drain(CloseGuard.Call call) {
    // Replies carry a transaction, and a new socket has a new port.
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
