// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.modbus.address.ModbusTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The memory of one unit: four tables in which everything is 0 and legal at first. Thread-safe. */
public final class SimulatedUnit {
  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_DATA_ADDRESS = 2;
  private static final int ILLEGAL_DATA_VALUE = 3;

  private final Map<ModbusTable, short[]> tables =
      new EnumMap<>(ModbusTable.class); // guarded by this
  private static final int SERVER_DEVICE_FAILURE = 4;

  private Set<Integer> supported = Set.of(5, 6, 15, 16, 22); // guarded by this
  private final List<Range> readOnly = new ArrayList<>(); // guarded by this
  private final List<Write> writes = new ArrayList<>(); // guarded by this
  private final List<Range> illegal = new ArrayList<>(); // guarded by this
  private final Map<ModbusTable, Integer> limits =
      new EnumMap<>(ModbusTable.class); // guarded by this

  private final TreeMap<Integer, String> objects = new TreeMap<>(); // guarded by this
  private int conformity; // guarded by this

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

  /**
   * Gives the unit a device identification, of which one response has one object.
   *
   * @param conformity the conformity level, e.g. 0x82
   */
  public synchronized SimulatedUnit identification(int conformity, Map<Integer, String> texts) {
    this.conformity = conformity;
    objects.clear();
    objects.putAll(texts);
    return this;
  }

  private ServerResponse identification(ReceivedRequest request) {
    int[] ends = {0x02, 0x7F, 0xFF};
    int last = ends[Math.min(request.address(), conformity & 0x7F) - 1];
    int object = objects.containsKey(request.quantity()) ? request.quantity() : 0;
    Integer next = objects.higherKey(object);
    boolean more = next != null && next <= last;
    byte[] text = objects.get(object).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer body = ByteBuffer.allocate(8 + text.length).put((byte) 0x0E);
    body.put((byte) request.address()).put((byte) conformity).put((byte) (more ? 0xFF : 0));
    body.put((byte) (more ? next : 0)).put((byte) 1).put((byte) object);
    body.put((byte) text.length).put(text);
    return new ServerResponse(
        request.transaction(), 0, request.unit(), request.function(), body.array());
  }

  /** Makes the unit answer only these functions that write; all of them otherwise. */
  public synchronized SimulatedUnit writes(Integer... functions) {
    supported = Set.of(functions);
    return this;
  }

  /** Makes writes that touch one of these addresses fail with exception 4. */
  public synchronized SimulatedUnit readOnly(ModbusTable table, int address, int count) {
    readOnly.add(new Range(table, address, count));
    return this;
  }

  /** The value of a register, or of a bit 0 or 1. */
  public synchronized int value(ModbusTable table, int address) {
    return tables.get(table)[address] & 0xFFFF;
  }

  /** All values that were written to an address over the line, in order. */
  public synchronized List<Integer> written(ModbusTable table, int address) {
    return writes.stream()
        .filter(write -> write.table() == table && write.address() == address)
        .map(Write::value)
        .toList();
  }

  private ServerResponse write(ReceivedRequest request) {
    boolean coils = request.function() == 5 || request.function() == 15;
    ModbusTable table = coils ? ModbusTable.COIL : ModbusTable.HOLDING_REGISTER;
    boolean single = request.function() < 15 || request.function() == 22;
    int quantity = single ? 1 : request.quantity();
    Range range = new Range(table, request.address(), quantity);
    if (illegal.stream().anyMatch(range::touches)) {
      return ServerResponse.exception(request, ILLEGAL_DATA_ADDRESS);
    }
    if (readOnly.stream().anyMatch(range::touches)) {
      return ServerResponse.exception(request, SERVER_DEVICE_FAILURE);
    }
    byte[] data = HexFormat.of().parseHex(request.data());
    for (int i = 0; i < quantity; i++) {
      int at = request.address() + i;
      int value =
          switch (request.function()) {
            case 5 -> request.quantity() == 0xFF00 ? 1 : 0;
            case 6 -> request.quantity();
            case 15 -> (data[i / 8] >> (i % 8)) & 1;
            case 16 -> word(data, i);
            default ->
                (value(table, at) & word(data, 0)) | (word(data, 1) & ~word(data, 0) & 0xFFFF);
          };
      tables.get(table)[at] = (short) value;
      writes.add(new Write(table, at, value));
    }
    ByteBuffer body = ByteBuffer.allocate(request.function() == 22 ? 6 : 4);
    body.putShort((short) request.address());
    if (request.function() == 22) {
      body.put(data);
    } else {
      body.putShort((short) request.quantity());
    }
    return new ServerResponse(
        request.transaction(), 0, request.unit(), request.function(), body.array());
  }

  private static int word(byte[] data, int index) {
    return (data[2 * index] & 0xFF) << 8 | (data[2 * index + 1] & 0xFF);
  }

  private record Write(ModbusTable table, int address, int value) {}

  synchronized ServerResponse answer(ReceivedRequest request) {
    if (request.function() == ReceivedRequest.IDENTIFICATION && !objects.isEmpty()) {
      return identification(request);
    }
    if (supported.contains(request.function())) {
      return write(request);
    }
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
