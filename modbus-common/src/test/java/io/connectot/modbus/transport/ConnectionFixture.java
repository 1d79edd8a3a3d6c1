// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusEndpoint.Parity;
import io.connectot.modbus.config.ModbusEndpoint.Rs485;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.SerialPair;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.transport.channel.TlsLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A simulated server and a connection to it, over any transport. */
final class ConnectionFixture implements AutoCloseable {
  private final SimulatedModbusServer server;
  private final ModbusConnection connection;
  private final Optional<SerialPair> line;

  private ConnectionFixture(
      SimulatedModbusServer server, ModbusConnection connection, Optional<SerialPair> line) {
    this.server = server;
    this.connection = connection;
    this.line = line;
  }

  static ConnectionFixture of(
      ModbusTransport transport, Map<String, String> settings, TestTls tls, Path folder)
      throws Exception {
    if (transport.isSerial()) {
      SerialPair pair = new SerialPair(folder);
      SimulatedModbusServer server = SimulatedModbusServer.serial(transport, pair.first());
      ModbusEndpoint endpoint = port(transport, pair.second());
      return new ConnectionFixture(
          server, connection(endpoint, settings, TestConnections.NO_TLS), Optional.of(pair));
    }
    SimulatedModbusServer server =
        switch (transport) {
          case TCP -> SimulatedModbusServer.tcp();
          case TLS -> SimulatedModbusServer.tls(tls.ofDevice(), true);
          case UDP -> SimulatedModbusServer.udp();
          default -> SimulatedModbusServer.rtuOverTcp();
        };
    TlsLayer layer = transport == ModbusTransport.TLS ? tls.ofClient() : TestConnections.NO_TLS;
    return new ConnectionFixture(
        server, connection(TestConnections.endpoint(server), settings, layer), Optional.empty());
  }

  static ModbusEndpoint port(ModbusTransport transport, Path device) {
    return new ModbusEndpoint.Serial(
        transport, device.toString(), 115200, 8, Parity.NONE, 1, Rs485.OFF, false);
  }

  private static ModbusConnection connection(
      ModbusEndpoint endpoint, Map<String, String> settings, TlsLayer tls) {
    return new TransportConnectionFactory(tls)
        .newConnection(TestConnections.device(endpoint, Optional.empty(), settings));
  }

  SimulatedModbusServer server() {
    return server;
  }

  ModbusConnection connection() {
    return connection;
  }

  @Override
  public void close() throws IOException {
    connection.close();
    server.close();
    line.ifPresent(SerialPair::close);
  }
}
