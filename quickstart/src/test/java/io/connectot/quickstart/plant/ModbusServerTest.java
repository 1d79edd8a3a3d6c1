// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ModbusServerTest {
  private static final byte[] REQUEST = {0, 7, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1};

  private final RegisterTables tables = new RegisterTables();

  @Test
  void answersWhilePluggedInAndComesBack() throws IOException {
    tables.holding(0, 0xBEEF);
    try (ModbusServer server = new ModbusServer(Ports.free(), tables)) {
      server.plugIn();
      assertThat(ask(server)).containsExactly(0, 7, 0, 0, 0, 5, 1, 3, 2, 0xBE, 0xEF);

      server.unplug();
      assertThatThrownBy(() -> ask(server)).isInstanceOf(ConnectException.class);

      server.plugIn();
      assertThat(ask(server)).hasSize(11);
    }
  }

  @Test
  void refusesFromTheMomentItIsUnplugged() throws IOException {
    try (ModbusServer server = new ModbusServer(Ports.free(), tables)) {
      for (int round = 0; round < 200; round++) {
        server.plugIn();
        server.unplug();
        assertThatThrownBy(() -> ask(server)).isInstanceOf(ConnectException.class);
      }
    }
  }

  private static byte[] ask(ModbusServer server) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().readNBytes(11);
    }
  }
}
