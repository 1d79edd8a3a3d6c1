// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.transport.channel.TlsLayer;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the tests of connections share. */
final class TestConnections {
  static final TlsLayer NO_TLS =
      (Socket socket, String host, int port) -> {
        throw new IOException("no TLS here");
      };

  /** Short enough to wait for, long enough for a busy machine to answer in time. */
  static final Duration TIMEOUT = Duration.ofMillis(300);

  private TestConnections() {}

  static Map<String, String> settings(int retries) {
    return settings(retries, TIMEOUT);
  }

  static Map<String, String> settings(int retries, Duration requestTimeout) {
    return Map.of(
        "modbus.request.timeout.ms", Long.toString(requestTimeout.toMillis()),
        "modbus.request.retries", Integer.toString(retries),
        "modbus.retry.backoff.ms", "0");
  }

  static Map<String, String> connecting(Duration connectTimeout) {
    return Map.of(
        "modbus.connect.timeout.ms", Long.toString(connectTimeout.toMillis()),
        "modbus.request.timeout.ms", "10000",
        "modbus.request.retries", "0",
        "modbus.retry.backoff.ms", "0");
  }

  static ModbusDevice device(
      ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, Map<String, String> settings) {
    return new ModbusDevice(
        endpoint, backup, 1, Configuration.parse(ModbusConfig.CONNECTION.definition(), settings));
  }

  static ModbusDevice device(ModbusEndpoint endpoint, Map<String, String> settings) {
    return device(endpoint, Optional.empty(), settings);
  }

  static ModbusEndpoint endpoint(SimulatedModbusServer server) {
    return new ModbusEndpoint.Network(server.transport(), "localhost", server.port());
  }

  static ModbusConnection to(SimulatedModbusServer server, int retries) {
    return new TransportConnectionFactory(NO_TLS)
        .newConnection(device(endpoint(server), settings(retries)));
  }

  /** The value of one holding register of unit 1. */
  static int holding(ModbusConnection connection, int address) throws Exception {
    byte[] data = connection.read(1, ModbusTable.HOLDING_REGISTER, address, 1);
    return (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
  }

  /** A read that may fail in the ways a connection is allowed to; null when it did. */
  static byte[] tryRead(
      ModbusConnection connection, int unit, ModbusTable table, int address, int quantity) {
    try {
      return connection.read(unit, table, address, quantity);
    } catch (ProtocolException | ModbusExceptionResponse e) {
      return null;
    }
  }
}
