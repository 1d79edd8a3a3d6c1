// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.discovery;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.type.ByteOrdering;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a range of one table and shows what it may mean. A range that the device refuses is halved,
 * so that single addresses that do not exist do not hide the others. For one thread.
 */
public final class RegisterView {
  /** How often a response is asked for again that may be that of another master. */
  private static final int ATTEMPTS = 3;

  private final ModbusConnection connection;
  private final int unit;
  private final ModbusTable table;
  private final RegisterReadings readings;

  /** The data of each address, or why there are none. */
  private final Map<Integer, byte[]> data = new LinkedHashMap<>();

  private final Map<Integer, String> refusals = new LinkedHashMap<>();

  /**
   * @param defaultOrder the order of lines without the option
   * @param addressBase the number of the first register in lines
   */
  public RegisterView(
      ModbusConnection connection,
      int unit,
      ModbusTable table,
      ByteOrdering defaultOrder,
      int addressBase) {
    this.connection = connection;
    this.unit = unit;
    this.table = table;
    this.readings = new RegisterReadings(defaultOrder, addressBase);
  }

  /** Adds a candidate for each address. */
  public void show(int start, int count, DiscoveryRun run) throws LineException, ProtocolException {
    read(start, count, run);
    for (int address = start; address < start + count; address++) {
      if (!run.add(candidate(address, start + count))) {
        return;
      }
    }
  }

  private void read(int start, int count, DiscoveryRun run) throws ProtocolException {
    if (run.isCancelled()) {
      return;
    }
    try {
      byte[] block = confirmed(start, count);
      for (int i = 0; i < count; i++) {
        data.put(
            start + i,
            table.isRegister()
                ? Arrays.copyOfRange(block, 2 * i, 2 * i + 2)
                : new byte[] {(byte) (block[i / 8] >> i % 8 & 1)});
      }
    } catch (ModbusExceptionResponse e) {
      if (count == 1 || e.code().isGateway()) {
        for (int i = 0; i < count; i++) {
          refusals.put(start + i, e.code().toString());
        }
      } else {
        read(start, count / 2, run);
        read(start + count / 2, count - count / 2, run);
      }
    }
  }

  private byte[] confirmed(int start, int count) throws ModbusExceptionResponse, ProtocolException {
    byte[] block = connection.read(unit, table, start, count);
    for (int i = 1; i < ATTEMPTS && !connection.confirm(); i++) {
      block = connection.read(unit, table, start, count);
    }
    return block;
  }

  private Candidate candidate(int address, int end) throws LineException {
    String line = readings.address(table, address);
    String name = line.replace(':', '_');
    byte[] own = data.get(address);
    if (own == null) {
      String why = refusals.getOrDefault(address, "not read");
      return new Candidate(
          "tags.", name, "", List.of(new TagReading("", line, "", Map.of(), "", Quality.BAD, why)));
    }
    if (!table.isRegister()) {
      String value = Boolean.toString(own[0] != 0);
      return new Candidate(
          "tags.",
          name,
          "",
          List.of(new TagReading("", line, "", Map.of(), value, Quality.GOOD, "")));
    }
    return new Candidate("tags.", name, "", readings.of(table, address, following(address, end)));
  }

  /** The registers from an address on, up to the first one that is not there. */
  private byte[] following(int address, int end) {
    int last = address;
    while (last + 1 < end && data.containsKey(last + 1)) {
      last++;
    }
    byte[] registers = new byte[2 * (last - address + 1)];
    for (int i = address; i <= last; i++) {
      System.arraycopy(data.get(i), 0, registers, 2 * (i - address), 2);
    }
    return registers;
  }
}
