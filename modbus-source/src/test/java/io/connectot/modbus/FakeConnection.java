// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.WriteRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Units in memory: register n holds n, bit n is set when n is odd, and some of both are not there.
 * Counts and keeps every request.
 */
public final class FakeConnection implements ModbusConnection {
  /** A request. */
  public record Request(int unit, ModbusTable table, int address, int quantity) {
    /** Whether it reads that address. */
    public boolean covers(int number) {
      return number >= address && number < address + quantity;
    }
  }

  private final Map<Integer, BitSet> holes = new HashMap<>();
  private final Set<Integer> silentUnits = new HashSet<>();
  private final Map<Integer, ModbusExceptionCode> refusals = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private ModbusExceptionCode holeCode = ModbusExceptionCode.ILLEGAL_DATA_ADDRESS;
  private final Map<Integer, Integer> values = new HashMap<>();
  private int maxQuantity = 2000;
  private boolean unreachable;
  private int doubts;
  private boolean holesAreSilent;
  private int silentAbove = 2000;
  private int awayAfter = Integer.MAX_VALUE;
  private int lostAfter = -1;
  private boolean open;
  private int opened;
  private int identifications;
  private Identification identification =
      (unit, category, object) -> {
        throw new ModbusExceptionResponse(ModbusExceptionCode.ILLEGAL_FUNCTION);
      };

  /** The addresses are not there, in no table of the unit. */
  public FakeConnection hole(int unit, int... addresses) {
    for (int address : addresses) {
      holes.computeIfAbsent(unit, u -> new BitSet()).set(address);
    }
    return this;
  }

  /** The value of a holding register of every unit. */
  public FakeConnection holding(int address, int value) {
    values.put(address, value);
    return this;
  }

  /** All addresses of the unit are there. */
  public void fill(int unit) {
    holes.remove(unit);
  }

  /** What requests for absent addresses are answered with. */
  public FakeConnection holeCode(ModbusExceptionCode code) {
    this.holeCode = code;
    return this;
  }

  /** The unit answers longer requests with exception 3. */
  public FakeConnection maxQuantity(int quantity) {
    this.maxQuantity = quantity;
    return this;
  }

  /** Requests for absent addresses are not answered. */
  public FakeConnection holesAreSilent() {
    holesAreSilent = true;
    return this;
  }

  /** Longer requests are not answered. */
  public FakeConnection silentAbove(int quantity) {
    silentAbove = quantity;
    return this;
  }

  /** After so many more requests, no unit answers. */
  public void silentFrom(int requests) {
    awayAfter = requests;
  }

  /** After so many more requests, one is not answered. */
  public void loseAfter(int requests) {
    lostAfter = requests;
  }

  /** The unit does not answer. */
  public FakeConnection silent(int unit) {
    silentUnits.add(unit);
    return this;
  }

  /** The unit answers again. */
  public void speaking(int unit) {
    silentUnits.remove(unit);
  }

  /** The unit answers everything with an exception. */
  public FakeConnection refusing(int unit, ModbusExceptionCode code) {
    refusals.put(unit, code);
    return this;
  }

  /** The unit answers properly again. */
  public void accepting(int unit) {
    refusals.remove(unit);
  }

  /** No connection can be made. */
  public FakeConnection unreachable() {
    unreachable = true;
    return this;
  }

  /** The requests since the last call. */
  public List<Request> takeRequests() {
    List<Request> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  /** How often the connection was made. */
  public int opened() {
    return opened;
  }

  @Override
  public void open() throws ProtocolException {
    if (unreachable) {
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "CONNECT_FAILED", "nobody listens", null);
    }
    if (!open) {
      open = true;
      opened++;
    }
  }

  @Override
  public byte[] read(int unit, ModbusTable table, int address, int quantity)
      throws ModbusExceptionResponse, ProtocolException {
    open();
    requests.add(new Request(unit, table, address, quantity));
    BitSet absent = holes.getOrDefault(unit, new BitSet());
    int first = absent.nextSetBit(address);
    boolean hole = first >= 0 && first < address + quantity;
    if (silentUnits.contains(unit)
        || quantity > silentAbove
        || (hole && holesAreSilent)
        || awayAfter-- <= 0
        || lostAfter-- == 0) {
      open = false;
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.DEVICE, "TIMEOUT", "unit " + unit + " did not answer", null);
    }
    if (refusals.containsKey(unit)) {
      throw new ModbusExceptionResponse(refusals.get(unit));
    }
    if (quantity > maxQuantity) {
      throw new ModbusExceptionResponse(ModbusExceptionCode.ILLEGAL_DATA_VALUE);
    }
    if (hole) {
      throw new ModbusExceptionResponse(holeCode);
    }
    return table.isRegister() ? registers(address, quantity) : bits(address, quantity);
  }

  /** Requests of the device identification are answered so; without, with exception 1. */
  public FakeConnection identification(Identification answer) {
    identification = answer;
    return this;
  }

  /** Answers requests of the device identification. */
  public interface Identification {
    /** The response to a request. */
    byte[] read(int unit, int category, int object)
        throws ModbusExceptionResponse, ProtocolException;
  }

  /** How often the device identification was asked for. */
  public int identifications() {
    return identifications;
  }

  @Override
  public byte[] identification(int unit, int category, int object)
      throws ModbusExceptionResponse, ProtocolException {
    open();
    identifications++;
    return identification.read(unit, category, object);
  }

  @Override
  public void write(WriteRequest request) {
    throw new UnsupportedOperationException();
  }

  private byte[] registers(int address, int quantity) {
    byte[] data = new byte[2 * quantity];
    for (int i = 0; i < quantity; i++) {
      int value = values.getOrDefault(address + i, address + i);
      data[2 * i] = (byte) (value >> 8);
      data[2 * i + 1] = (byte) value;
    }
    return data;
  }

  private static byte[] bits(int address, int quantity) {
    byte[] data = new byte[(quantity + 7) / 8];
    for (int i = 0; i < quantity; i++) {
      data[i / 8] |= (byte) ((address + i & 1) << i % 8);
    }
    return data;
  }

  /** The responses before so many of the next confirmations are in doubt. */
  public FakeConnection doubtful(int confirmations) {
    doubts = confirmations;
    return this;
  }

  @Override
  public boolean confirm() {
    return doubts-- <= 0;
  }

  @Override
  public String endpoint() {
    return "tcp://fake:502";
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
