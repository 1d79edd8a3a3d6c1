// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import java.util.OptionalInt;

/**
 * Where a value begins.
 *
 * @param table the table
 * @param address the 0-based protocol address, 0 to 65535, as it goes over the wire
 * @param bit the bit of a register, 0 (lowest) to 15; empty for the register or bit as a whole
 */
public record TableAddress(ModbusTable table, int address, OptionalInt bit) {
  /** How many addresses a table has. */
  public static final int SPACE = 65536;

  /** As a tag line writes it with {@code modbus.address.base=0}. */
  @Override
  public String toString() {
    String text = table.configName() + ":" + address;
    return bit.isPresent() ? text + "." + bit.getAsInt() : text;
  }
}
