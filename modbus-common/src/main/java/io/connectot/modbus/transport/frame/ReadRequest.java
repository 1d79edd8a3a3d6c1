// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import io.connectot.modbus.address.ModbusTable;

/**
 * A request to read one table: Modbus Application Protocol V1.1b3 §6.1 to §6.4.
 *
 * @param transaction the transaction identifier, 0 to 65535; unused where frames have none
 * @param unit 0 to 255
 * @param address the first bit or register, 0 to 65535
 * @param quantity the number of bits or registers
 * @param checks which fields of a response of MBAP must match
 */
public record ReadRequest(
    int transaction,
    int unit,
    ModbusTable table,
    int address,
    int quantity,
    ResponseChecks checks) {
  public ReadRequest {
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

  /** A request whose response must match in all fields. */
  public ReadRequest(int transaction, int unit, ModbusTable table, int address, int quantity) {
    this(transaction, unit, table, address, quantity, ResponseChecks.STRICT);
  }

  /** The same request with another transaction identifier. */
  public ReadRequest withTransaction(int number) {
    return new ReadRequest(number, unit, table, address, quantity, checks);
  }

  /** The number of data bytes in a valid response. */
  int dataLength() {
    return table.isRegister() ? 2 * quantity : (quantity + 7) / 8;
  }

  /** Unit, function code, address and quantity, the same in all framings. */
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

  /** A short form for messages. */
  public String describe() {
    return table.configName() + ":" + address + " x" + quantity;
  }
}
