// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.modbus.address.ModbusTable;
import java.io.IOException;
import java.util.List;

/** A simulated Modbus device that is written to, with the keys of one connector. */
public abstract class WritingModbusHarness extends ModbusContractDevice
    implements WritingDeviceHarness {

  /** Takes over a server, and stops it until {@link #start}. */
  protected WritingModbusHarness(SimulatedModbusServer server) throws IOException {
    super(server);
  }

  /** The address of the server. */
  protected final String url() {
    return server.url();
  }

  @Override
  public final void cutNextWrite() {
    server.next(1, ServerFault.DISCONNECT);
  }

  @Override
  public final void refuse(String tag) {
    unit.readOnly(ModbusTable.HOLDING_REGISTER, address(tag), 1);
  }

  @Override
  public final long value(String tag) {
    return unit.value(ModbusTable.HOLDING_REGISTER, address(tag));
  }

  @Override
  public final List<Long> written(String tag) {
    return unit.written(ModbusTable.HOLDING_REGISTER, address(tag)).stream()
        .map(Integer::longValue)
        .toList();
  }
}
