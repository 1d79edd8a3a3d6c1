// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.address.Table;
import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TcpLinkTest {
  private static final TlsLayer NO_TLS =
      (socket, host, port) -> {
        throw new IOException("no TLS here");
      };

  @Test
  void returnsTheRegistersOfTheReply() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> request = CompletableFuture.supplyAsync(() -> serveOnce(server));
      ModbusEndpoint endpoint =
          new ModbusEndpoint.Network(ModbusTransport.TCP, "localhost", server.getLocalPort());

      try (ModbusLink link =
          new LinkFactory(NO_TLS).newLink(endpoint, Optional.empty(), LinkSettings.DEFAULT)) {
        assertThat(link.read(7, Table.HOLDING_REGISTER, 0x0102, 2))
            .containsExactly(0x11, 0x22, 0x33, 0x44);
        assertThat(link.isOpen()).isTrue();
      }
      assertThat(request.join()).startsWith(0, 1, 0, 0, 0, 6, 7, 3, 1, 2, 0, 2);
    }
  }

  private static byte[] serveOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[12];
      new DataInputStream(socket.getInputStream()).readFully(request);
      byte[] reply = {request[0], request[1], 0, 0, 0, 7, 7, 3, 4, 0x11, 0x22, 0x33, 0x44};
      socket.getOutputStream().write(reply);
      // Until the link is closed.
      int end = socket.getInputStream().read();
      return end < 0 ? request : new byte[0];
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
