// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.modbus.address.ModbusTable;

/**
 * A read request as it arrived.
 *
 * @param transaction as in MBAP; 0 where frames have none
 * @param function the function code, of whatever it is
 * @param address the first bit or register, 0-based
 * @param quantity how many bits or registers
 */
public record ReceivedRequest(int transaction, int unit, int function, int address, int quantity) {

  /** The table of functions 1 to 4. */
  ModbusTable table() {
    for (ModbusTable table : ModbusTable.values()) {
      if (table.functionCode() == function) {
        return table;
      }
    }
    throw new IllegalStateException("function " + function + " reads no table");
  }

  /** The same without its transaction, as counters know it. */
  ReceivedRequest anonymous() {
    return new ReceivedRequest(0, unit, function, address, quantity);
  }
}
