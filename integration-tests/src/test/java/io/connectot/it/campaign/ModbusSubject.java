// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.TcpProxy;

/** Registers of a Modbus device. */
final class ModbusSubject extends PolledSubject {
  private final FaultyDevice device = new FaultyDevice();
  private final TcpProxy network = new TcpProxy(device.port());

  ModbusSubject(String servers, String name) {
    super("Modbus", servers, name, "io.connectot.modbus.ModbusSourceConnector");
    config().put("modbus.request.timeout.ms", "1000");
    config().put("devices.press", "tcp://127.0.0.1:" + network.port() + "?unit=1");
    for (int sender = 0; sender <= SENDERS; sender++) {
      device.registers().holding(sender, 0);
    }
    for (int sender = 0; sender < SENDERS; sender++) {
      config().put("tags.C" + sender, "holding:" + sender + " uint16");
    }
  }

  @Override
  String spareAddress() {
    return "holding:" + SENDERS + " uint16";
  }

  @Override
  void turn(int sender, int number) {
    device.registers().holding(sender, number);
  }

  @Override
  public void kill() {
    device.switchOff();
  }

  @Override
  public void start() {
    device.switchOn();
  }

  @Override
  TcpProxy network() {
    return network;
  }

  @Override
  public void close() {
    super.close();
    network.close();
    device.close();
  }
}
