// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import io.connectot.modbus.address.Table;

/**
 * A request to read one table: Modbus Application Protocol V1.1b3 §6.1 to §6.4.
 *
 * @param transaction the number that its reply repeats where frames have one, 0 to 65535
 * @param unit 0 to 255
 * @param address the first bit or register, 0 to 65535
 * @param quantity how many bits or registers
 */
record ReadRequest(int transaction, int unit, Table table, int address, int quantity) {
  ReadRequest {
    if (unit < 0 || unit > 255) {
      throw new IllegalArgumentException("unit must be 0 to 255, but is " + unit);
    }
    if (quantity < 1 || quantity > table.maxQuantity()) {
      throw new IllegalArgumentException(
          "quantity must be 1 to " + table.maxQuantity() + ", but is " + quantity);
    }
    if (address < 0 || address + quantity > 65536) {
      throw new IllegalArgumentException(
          "address must be 0 to " + (65536 - quantity) + ", but is " + address);
    }
  }

  /** The same request under another number. */
  ReadRequest numbered(int number) {
    return new ReadRequest(number, unit, table, address, quantity);
  }

  /** How many bytes of data the reply must have. */
  int dataLength() {
    return table.isRegister() ? 2 * quantity : (quantity + 7) / 8;
  }

  /** Unit, function, address and quantity, as all framings carry them. */
  byte[] toBytes() {
    ModbusRequest message =
        switch (table) {
          case COIL -> new ReadCoilsRequest(address, quantity);
          case DISCRETE_INPUT -> new ReadInputDiscretesRequest(address, quantity);
          case HOLDING_REGISTER -> new ReadMultipleRegistersRequest(address, quantity);
          case INPUT_REGISTER -> new ReadInputRegistersRequest(address, quantity);
        };
    byte[] fields = message.getMessage();
    byte[] bytes = new byte[2 + fields.length];
    bytes[0] = (byte) unit;
    bytes[1] = (byte) table.functionCode();
    System.arraycopy(fields, 0, bytes, 2, fields.length);
    return bytes;
  }

  /** What it asks for, for messages. */
  String describe() {
    return table.configName() + ":" + address + " x" + quantity;
  }
}
