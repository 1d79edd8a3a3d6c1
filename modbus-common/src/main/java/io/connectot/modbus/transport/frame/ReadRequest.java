// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import io.connectot.modbus.address.ModbusTable;
import java.util.Arrays;

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
    int transaction, int unit, ModbusTable table, int address, int quantity, ResponseChecks checks)
    implements Request {
  /** Unit, function, byte count. */
  private static final int HEADER = 3;

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

  @Override
  public ReadRequest withTransaction(int number) {
    return new ReadRequest(number, unit, table, address, quantity, checks);
  }

  /** The number of data bytes in a valid response. */
  int dataLength() {
    return table.isRegister() ? 2 * quantity : (quantity + 7) / 8;
  }

  @Override
  public int functionCode() {
    return table.functionCode();
  }

  @Override
  public int responseLength(byte[] bytes, int start, int available)
      throws InvalidResponseException {
    Framing.expect("byte count", dataLength(), bytes[start + 2] & 0xFF);
    return HEADER + dataLength();
  }

  @Override
  public byte[] data(byte[] bytes, int start, int end) throws InvalidResponseException {
    Framing.expect("byte count", dataLength(), bytes[start + 2] & 0xFF);
    Framing.expect("length of the data", dataLength(), end - start - HEADER);
    return Arrays.copyOfRange(bytes, start + HEADER, end);
  }

  @Override
  public ResponseShape shape() {
    return new ResponseShape(unit, functionCode(), dataLength());
  }

  /** Unit, function code, address and quantity. */
  @Override
  public byte[] toBytes() {
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

  @Override
  public String describe() {
    return table.configName() + ":" + address + " x" + quantity;
  }
}
