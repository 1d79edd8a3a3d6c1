// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.modbus.address.ModbusTable;

/**
 * A request as it arrived: to read or write a table, or to read the device identification.
 *
 * @param transaction as in MBAP; 0 where frames have none
 * @param function the function code, of whatever it is
 * @param address the first bit or register, 0-based; the category of an identification
 * @param quantity how many bits or registers; the value of functions 5 and 6; the first object of
 *     an identification
 * @param data in hexadecimal digits, what functions 15 and 16 write and both masks of function 22;
 *     else empty
 */
public record ReceivedRequest(
    int transaction, int unit, int function, int address, int quantity, String data) {
  /** The function code of the device identification. */
  static final int IDENTIFICATION = 43;

  /** A request without data. */
  public ReceivedRequest(int transaction, int unit, int function, int address, int quantity) {
    this(transaction, unit, function, address, quantity, "");
  }

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
