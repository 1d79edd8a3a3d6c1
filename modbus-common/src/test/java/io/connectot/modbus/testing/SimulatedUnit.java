// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.modbus.address.ModbusTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The memory of one unit: four tables in which everything is 0 and legal at first. Thread-safe. */
public final class SimulatedUnit {
  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_DATA_ADDRESS = 2;
  private static final int ILLEGAL_DATA_VALUE = 3;

  private final Map<ModbusTable, short[]> tables =
      new EnumMap<>(ModbusTable.class); // guarded by this
  private final List<Range> illegal = new ArrayList<>(); // guarded by this
  private final Map<ModbusTable, Integer> limits =
      new EnumMap<>(ModbusTable.class); // guarded by this

  SimulatedUnit() {
    for (ModbusTable table : ModbusTable.values()) {
      tables.put(table, new short[65536]);
      limits.put(table, table.maxQuantity());
    }
  }

  /** Sets registers, or bits when 0 or 1, from an address on. */
  public synchronized SimulatedUnit set(ModbusTable table, int address, int... values) {
    for (int i = 0; i < values.length; i++) {
      tables.get(table)[address + i] = (short) values[i];
    }
    return this;
  }

  /** Makes every register hold {@code address ^ mask}, and every bit the parity of that. */
  public synchronized SimulatedUnit fill(int mask) {
    for (ModbusTable table : ModbusTable.values()) {
      short[] values = tables.get(table);
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) (table.isRegister() ? i ^ mask : Integer.bitCount(i ^ mask) & 1);
      }
    }
    return this;
  }

  /** Makes requests that touch one of these addresses fail with exception 2. */
  public synchronized SimulatedUnit illegal(ModbusTable table, int address, int count) {
    illegal.add(new Range(table, address, count));
    return this;
  }

  /** Makes all addresses legal again. */
  public synchronized SimulatedUnit allLegal() {
    illegal.clear();
    return this;
  }

  /** Makes requests for more than {@code quantity} at once fail with exception 3. */
  public synchronized SimulatedUnit limit(ModbusTable table, int quantity) {
    limits.put(table, quantity);
    return this;
  }

  synchronized ServerResponse answer(ReceivedRequest request) {
    if (request.function() < 1 || request.function() > 4) {
      return ServerResponse.exception(request, ILLEGAL_FUNCTION);
    }
    ModbusTable table = request.table();
    int quantity = request.quantity();
    if (quantity < 1 || quantity > limits.get(table)) {
      return ServerResponse.exception(request, ILLEGAL_DATA_VALUE);
    }
    Range range = new Range(table, request.address(), quantity);
    if (request.address() + quantity > 65536 || illegal.stream().anyMatch(range::touches)) {
      return ServerResponse.exception(request, ILLEGAL_DATA_ADDRESS);
    }
    short[] values = tables.get(table);
    byte[] data = new byte[table.isRegister() ? 2 * quantity : (quantity + 7) / 8];
    for (int i = 0; i < quantity; i++) {
      short value = values[request.address() + i];
      if (table.isRegister()) {
        data[2 * i] = (byte) (value >> 8);
        data[2 * i + 1] = (byte) value;
      } else if (value != 0) {
        data[i / 8] |= (byte) (1 << i % 8);
      }
    }
    return ServerResponse.data(request, data);
  }

  private record Range(ModbusTable table, int address, int count) {
    boolean touches(Range other) {
      return table == other.table
          && address < other.address + other.count
          && other.address < address + count;
    }
  }
}
