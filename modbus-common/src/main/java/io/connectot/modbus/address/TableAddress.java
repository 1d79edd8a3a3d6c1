// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import java.util.OptionalInt;

/**
 * The address of the first bit or register of a value.
 *
 * @param table the table
 * @param address the 0-based protocol address, 0 to 65535, as in requests
 * @param bit the bit of a register, 0 (lowest) to 15; empty for the register or bit as a whole
 */
public record TableAddress(ModbusTable table, int address, OptionalInt bit) {
  /** The number of addresses of a table. */
  public static final int SPACE = 65536;

  /** The form in tag lines with {@code modbus.address.base=0}. */
  @Override
  public String toString() {
    String text = table.configName() + ":" + address;
    return bit.isPresent() ? text + "." + bit.getAsInt() : text;
  }
}
