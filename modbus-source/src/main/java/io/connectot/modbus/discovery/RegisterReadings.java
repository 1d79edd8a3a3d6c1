// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.discovery;

import io.connectot.core.model.Scaling;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.codec.CodecParser;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.ModbusType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** All that registers may mean: every type in every order of bytes and words. Immutable. */
final class RegisterReadings {
  private static final List<String> ORDERS = List.of("ABCD", "CDAB", "BADC", "DCBA");

  /** A text longer than this is rare in a register map. */
  private static final int MAX_TEXT_REGISTERS = 16;

  /** The usual types first. */
  private static final Set<ModbusType> TYPES =
      new LinkedHashSet<>(
          List.of(
              ModbusType.UINT16,
              ModbusType.INT16,
              ModbusType.FLOAT32,
              ModbusType.UINT32,
              ModbusType.INT32,
              ModbusType.FLOAT64,
              ModbusType.UINT64,
              ModbusType.INT64));

  static {
    for (ModbusType type : ModbusType.values()) {
      if (type.isNumber() && type.registers() > 0) {
        TYPES.add(type);
      }
    }
  }

  private final CodecParser codecs;
  private final String defaultOrder;
  private final int addressBase;

  /**
   * @param defaultOrder the order of lines without the option
   * @param addressBase the number of the first register in lines
   */
  RegisterReadings(ByteOrdering defaultOrder, int addressBase) {
    this.codecs = new CodecParser(defaultOrder);
    this.defaultOrder = defaultOrder.toString();
    this.addressBase = addressBase;
  }

  /** The address as lines have it. */
  String address(ModbusTable table, int register) {
    return table.configName() + ":" + (register + addressBase);
  }

  /**
   * All readings of what begins at a register.
   *
   * @param data the registers from there on, two bytes each, at least one register
   */
  List<TagReading> of(ModbusTable table, int register, byte[] data) throws LineException {
    int available = data.length / 2;
    TableAddress address = new TableAddress(table, register, OptionalInt.empty());
    List<TagReading> readings = new ArrayList<>();
    for (ModbusType type : TYPES) {
      if (type.registers() <= available) {
        for (String order : ORDERS) {
          if (differs(type, order)) {
            add(readings, address, type, order, data);
          }
        }
      }
    }
    readings.add(text(address, Math.min(available, MAX_TEXT_REGISTERS), data));
    readings.add(raw(address, data));
    return readings;
  }

  /** Whether the order gives another number than those before it. */
  private static boolean differs(ModbusType type, String order) {
    if (type.isByte()) {
      return order.equals("ABCD");
    }
    return type.registers() > 1 || order.equals("ABCD") || order.equals("BADC");
  }

  private void add(
      List<TagReading> readings, TableAddress address, ModbusType type, String order, byte[] data)
      throws LineException {
    Map<String, String> options = new LinkedHashMap<>();
    if (!type.isByte() && !order.equals(defaultOrder)) {
      options.put("order", order);
    }
    DecodedValue decoded = decode(address, type.configName(), options, data);
    if (decoded.value() == null) {
      // Not four decimal digits: it is something else.
      return;
    }
    boolean plain = type.isByte() || (type.registers() == 1 && order.equals("ABCD"));
    readings.add(
        reading(
            plain ? type.configName() : type.configName() + " " + order,
            address,
            type.configName(),
            options,
            decoded));
  }

  private TagReading text(TableAddress address, int registers, byte[] data) throws LineException {
    Map<String, String> options = Map.of("registers", Integer.toString(registers));
    return reading("string", address, "string", options, decode(address, "string", options, data));
  }

  private TagReading raw(TableAddress address, byte[] data) throws LineException {
    Map<String, String> options = Map.of("registers", "1");
    return reading("raw", address, "bytes", options, decode(address, "bytes", options, data));
  }

  private DecodedValue decode(
      TableAddress address, String type, Map<String, String> options, byte[] data)
      throws LineException {
    Codec codec = codecs.parse(address, Optional.of(type), new LineOptions(options));
    return codec.decode(data, 0, Scaling.NONE);
  }

  private TagReading reading(
      String label,
      TableAddress address,
      String type,
      Map<String, String> options,
      DecodedValue decoded) {
    return new TagReading(
        label,
        address(address.table(), address.address()),
        type,
        options,
        TagReading.text(decoded.value()),
        decoded.quality(),
        decoded.status());
  }
}
