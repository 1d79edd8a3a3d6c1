// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.contract.ContractDevice;
import io.connectot.modbus.address.ModbusTable;
import java.io.IOException;

/** A simulated Modbus device with a holding register for each tag, far apart from each other. */
public abstract class ModbusContractDevice implements ContractDevice {
  /** The unit that has the registers. */
  protected static final int UNIT = 1;

  private static final int DISTANCE = 500;

  protected final SimulatedModbusServer server;

  /** The unit {@link #UNIT} of the server. */
  protected final SimulatedUnit unit;

  /** Takes over a server, and stops it until {@link #start}. */
  protected ModbusContractDevice(SimulatedModbusServer server) throws IOException {
    this.server = server;
    this.unit = server.unit(UNIT);
    server.stop();
  }

  @Override
  public final void start() throws IOException {
    server.fault(ServerFault.NONE);
    server.start();
  }

  @Override
  public final void stop() throws IOException {
    server.stop();
  }

  public final void hang() {
    server.fault(ServerFault.HANG);
  }

  @Override
  public final void set(String tag, int value) {
    unit.set(ModbusTable.HOLDING_REGISTER, address(tag), value);
  }

  @Override
  public final void dispose() throws IOException {
    server.close();
  }

  /** The register of a tag, from 0. */
  protected static int address(String tag) {
    return TAGS.indexOf(tag) * DISTANCE;
  }
}
