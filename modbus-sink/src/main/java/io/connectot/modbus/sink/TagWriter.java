// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.model.Device;
import io.connectot.core.model.Value;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.UnansweredWriteException;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.WriteRequest;
import io.connectot.modbus.type.UnencodableValueException;

/**
 * Writes one tag in one request: function 5 or 15 for coils, 6 or 16 for registers, 22 for bits of
 * a register.
 */
final class TagWriter {
  /** Registers in one request that writes. */
  private static final int MOST_REGISTERS = 123;

  private static final int MOST_COILS = 1968;

  private final ModbusConnection connection;
  private final ModbusTag tag;
  private final int unit;
  private final int address;
  private final boolean multiple;
  private final boolean readModifyWrite;

  TagWriter(ModbusConnection connection, Device<ModbusDevice> device, ModbusTag tag) {
    this.connection = connection;
    this.tag = tag;
    this.unit = unit(device, tag);
    this.address = tag.address().address();
    this.multiple = device.settings().config().get(ModbusSinkConfig.WRITE_MULTIPLE);
    this.readModifyWrite = device.settings().config().get(ModbusSinkConfig.READ_MODIFY_WRITE);
  }

  static int unit(Device<ModbusDevice> device, ModbusTag tag) {
    return tag.unit().orElse(device.settings().unit());
  }

  /** Why a tag cannot be written to any device, and the remedy; null when it can. */
  static String refusal(ModbusTag tag) {
    ModbusTable table = tag.address().table();
    if (table == ModbusTable.DISCRETE_INPUT || table == ModbusTable.INPUT_REGISTER) {
      return tag
          + ": the table "
          + table.configName()
          + " can only be read; write a coil or holding register";
    }
    if (tag.unit().orElse(1) == 0) {
      return broadcast(tag);
    }
    if (tag.scaleFactor().isPresent()) {
      return tag + ": scale.from is for reading; use scale";
    }
    int quantity = tag.codec().quantity();
    int most = table.isRegister() ? MOST_REGISTERS : MOST_COILS;
    if (quantity > most) {
      return tag + ": has " + quantity + " registers or coils, one request writes at most " + most;
    }
    return null;
  }

  private static String broadcast(ModbusTag tag) {
    return tag + ": unit 0 is a broadcast, which no unit confirms; give the tag or device a unit";
  }

  /** Why a tag cannot be written, and the remedy; null when it can. */
  static String refusal(Device<ModbusDevice> device, ModbusTag tag) {
    String refusal = refusal(tag);
    if (refusal != null) {
      return refusal;
    }
    if (unit(device, tag) == 0) {
      return broadcast(tag);
    }
    boolean isLong = tag.codec().quantity() > 1 && tag.address().table().isRegister();
    if (isLong && isPartial(tag.codec()) && !mayReadAndWrite(device)) {
      return tag
          + ": parts of several registers can only be written by reading them first; allow it with"
          + " modbus.write.read.modify=true";
    }
    return null;
  }

  private static boolean mayReadAndWrite(Device<ModbusDevice> device) {
    return device.settings().config().get(ModbusSinkConfig.READ_MODIFY_WRITE);
  }

  private static boolean isPartial(Codec codec) {
    for (byte bits : own(codec)) {
      if (bits != -1) {
        return true;
      }
    }
    return false;
  }

  private static byte[] own(Codec codec) {
    byte[] own = new byte[2 * codec.quantity()];
    codec.own(own, 0);
    return own;
  }

  /**
   * Checks a value without writing it.
   *
   * @throws UnencodableValueException when the tag cannot hold it
   */
  static void check(ModbusTag tag, Value value) throws UnencodableValueException {
    tag.codec().encode(value, new byte[2 * tag.codec().quantity()], 0);
  }

  /**
   * Writes a value.
   *
   * @throws UnencodableValueException when the tag cannot hold it
   * @throws ModbusExceptionResponse when the unit refuses it
   * @throws ProtocolException when nothing was sent
   * @throws UnansweredWriteException when it was sent and not answered
   */
  void write(Value value)
      throws UnencodableValueException,
          ModbusExceptionResponse,
          ProtocolException,
          UnansweredWriteException {
    Codec codec = tag.codec();
    byte[] data = new byte[2 * codec.quantity()];
    codec.encode(value, data, 0);
    if (!tag.address().table().isRegister()) {
      connection.write(
          codec.quantity() == 1 && !multiple
              ? WriteRequest.coil(unit, address, data[0] != 0)
              : WriteRequest.coils(unit, address, codec.quantity(), data));
    } else if (isPartial(codec)) {
      writeBits(value, data);
    } else {
      writeRegisters(data);
    }
  }

  private void writeRegisters(byte[] data)
      throws ModbusExceptionResponse, ProtocolException, UnansweredWriteException {
    connection.write(
        data.length == 2 && !multiple
            ? WriteRequest.register(unit, address, data[0], data[1])
            : WriteRequest.registers(unit, address, data));
  }

  private void writeBits(Value value, byte[] data)
      throws UnencodableValueException,
          ModbusExceptionResponse,
          ProtocolException,
          UnansweredWriteException {
    if (data.length == 2) {
      byte[] own = own(tag.codec());
      try {
        connection.write(WriteRequest.bits(unit, address, word(own), word(data)));
        return;
      } catch (ModbusExceptionResponse e) {
        if (!readModifyWrite || !e.code().equals(ModbusExceptionCode.ILLEGAL_FUNCTION)) {
          throw e;
        }
      }
    }
    byte[] registers =
        connection.read(unit, ModbusTable.HOLDING_REGISTER, address, tag.codec().quantity());
    if (!connection.confirm()) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.DEVICE,
          "FOREIGN_RESPONSES",
          tag + ": the registers were not read without doubt, so that their bits are not written",
          null);
    }
    tag.codec().encode(value, registers, 0);
    writeRegisters(registers);
  }

  private static int word(byte[] data) {
    return (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
  }
}
