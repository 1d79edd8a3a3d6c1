// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.Table;
import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** What the tests of links share. */
final class Links {
  static final TlsLayer NO_TLS =
      (Socket socket, String host, int port) -> {
        throw new IOException("no TLS here");
      };

  /** Short enough to wait for, long enough for a busy machine to answer in time. */
  static final Duration TIMEOUT = Duration.ofMillis(300);

  private Links() {}

  static LinkSettings settings(int retries) {
    return settings(retries, TIMEOUT);
  }

  static LinkSettings settings(int retries, Duration requestTimeout) {
    return new LinkSettings(
        Duration.ofSeconds(5),
        requestTimeout,
        retries,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        false,
        Duration.ofSeconds(60));
  }

  static LinkSettings connecting(Duration connectTimeout) {
    return new LinkSettings(
        connectTimeout,
        Duration.ofSeconds(10),
        0,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        false,
        Duration.ofSeconds(60));
  }

  static ModbusEndpoint endpoint(SimulatedModbusServer server) {
    return new ModbusEndpoint.Network(server.transport(), "localhost", server.port());
  }

  static ModbusLink to(SimulatedModbusServer server, int retries) {
    return new LinkFactory(NO_TLS).newLink(endpoint(server), Optional.empty(), settings(retries));
  }

  /** The value of one holding register of unit 1. */
  static int holding(ModbusLink link, int address) throws Exception {
    byte[] data = link.read(1, Table.HOLDING_REGISTER, address, 1);
    return (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
  }

  /** A read that may fail in the ways a link is allowed to; null when it did. */
  static byte[] tryRead(ModbusLink link, int unit, Table table, int address, int quantity) {
    try {
      return link.read(unit, table, address, quantity);
    } catch (ProtocolException | ModbusExceptionReply e) {
      return null;
    }
  }
}
