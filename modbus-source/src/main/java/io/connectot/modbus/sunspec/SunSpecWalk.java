// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sunspec;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the models of a SunSpec device: the marker {@code SunS} at one of three addresses, then a
 * chain of models, each with its number and length.
 */
public final class SunSpecWalk {
  private static final int[] STARTS = {40000, 50000, 0};
  private static final int MARKER = 0x53756E53;
  private static final int END = 0xFFFF;

  /** Memory without a model. */
  private static final int NONE = 0;

  private static final int MAX_MODELS = 200;

  private final ModbusConnection connection;
  private final int unit;

  public SunSpecWalk(ModbusConnection connection, int unit) {
    this.connection = connection;
    this.unit = unit;
  }

  /**
   * The address of each model, of its first instance.
   *
   * @throws ProtocolException when the device does not answer, or is no SunSpec device
   */
  public Map<Integer, Integer> models() throws ProtocolException {
    ProtocolException failure = null;
    for (int start : STARTS) {
      try {
        if (word(start) << 16 == (MARKER & 0xFFFF0000) && word(start + 1) == (MARKER & 0xFFFF)) {
          return chain(start + 2);
        }
      } catch (ModbusExceptionResponse e) {
        // The device has no registers there.
      } catch (ProtocolException e) {
        if (e.scope() != Scope.DEVICE) {
          throw e;
        }
        failure = e;
      }
    }
    throw failure != null
        ? failure
        : new ProtocolException(
            Kind.TRANSIENT,
            Scope.DEVICE,
            "NO_SUNSPEC",
            connection.endpoint()
                + " unit "
                + unit
                + ": is no SunSpec device: there is no 'SunS' in the holding registers 40000, 50000"
                + " and 0; check the unit, often 1 or 126, of meters 2 or 240, and that SunSpec is"
                + " enabled in the device",
            null);
  }

  private Map<Integer, Integer> chain(int first) throws ProtocolException {
    Map<Integer, Integer> models = new HashMap<>();
    int address = first;
    try {
      for (int i = 0; i < MAX_MODELS && address < 65535; i++) {
        int model = i == 0 ? word(address) : next(address, first);
        if (model == END || model == NONE) {
          break;
        }
        models.putIfAbsent(model, address);
        address += 2 + word(address + 1);
      }
    } catch (ModbusExceptionResponse e) {
      // The chain ends without its mark.
    }
    return models;
  }

  /** The number of the next model; the end where only this register is not answered. */
  private int next(int address, int first) throws ModbusExceptionResponse, ProtocolException {
    try {
      return word(address);
    } catch (ProtocolException e) {
      if (e.scope() != Scope.DEVICE) {
        throw e;
      }
      word(first);
      return END;
    }
  }

  private int word(int address) throws ModbusExceptionResponse, ProtocolException {
    byte[] data = connection.read(unit, ModbusTable.HOLDING_REGISTER, address, 1);
    return (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
  }
}
