// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusEndpoint.Parity;
import io.connectot.modbus.config.ModbusEndpoint.Rs485;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.SerialPair;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A simulated server and a link to it, over any transport. */
final class Rig implements AutoCloseable {
  private final SimulatedModbusServer server;
  private final ModbusLink link;
  private final Optional<SerialPair> line;

  private Rig(SimulatedModbusServer server, ModbusLink link, Optional<SerialPair> line) {
    this.server = server;
    this.link = link;
    this.line = line;
  }

  static Rig of(ModbusTransport transport, LinkSettings settings, TestTls tls, Path folder)
      throws Exception {
    if (transport.isSerial()) {
      SerialPair pair = new SerialPair(folder);
      SimulatedModbusServer server = SimulatedModbusServer.serial(transport, pair.first());
      ModbusEndpoint endpoint = port(transport, pair.second());
      return new Rig(server, link(endpoint, settings, Links.NO_TLS), Optional.of(pair));
    }
    SimulatedModbusServer server =
        switch (transport) {
          case TCP -> SimulatedModbusServer.tcp();
          case TLS -> SimulatedModbusServer.tls(tls.ofDevice(), true);
          case UDP -> SimulatedModbusServer.udp();
          default -> SimulatedModbusServer.rtuOverTcp();
        };
    TlsLayer layer = transport == ModbusTransport.TLS ? tls.ofClient() : Links.NO_TLS;
    return new Rig(server, link(Links.endpoint(server), settings, layer), Optional.empty());
  }

  static ModbusEndpoint port(ModbusTransport transport, Path device) {
    return new ModbusEndpoint.Serial(
        transport, device.toString(), 115200, 8, Parity.NONE, 1, Rs485.OFF, false);
  }

  private static ModbusLink link(ModbusEndpoint endpoint, LinkSettings settings, TlsLayer tls) {
    return new LinkFactory(tls).newLink(endpoint, Optional.empty(), settings);
  }

  SimulatedModbusServer server() {
    return server;
  }

  ModbusLink link() {
    return link;
  }

  @Override
  public void close() throws IOException {
    link.close();
    server.close();
    line.ifPresent(SerialPair::close);
  }
}
