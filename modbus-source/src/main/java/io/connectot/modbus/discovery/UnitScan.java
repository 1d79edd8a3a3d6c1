// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.discovery;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.Map;

/** Asks one unit after the other for a register. For one thread. */
public final class UnitScan {
  private final ModbusConnection connection;
  private final String url;

  /**
   * @param url of the device line, with or without a unit
   */
  public UnitScan(ModbusConnection connection, String url) {
    this.connection = connection;
    this.url = url;
  }

  /**
   * Adds the units that answer, be it with an exception.
   *
   * @throws ProtocolException when there is no connection
   */
  public void run(int first, int last, DiscoveryRun run) throws ProtocolException {
    for (int unit = first; unit <= last && !run.isCancelled(); unit++) {
      run.progress("unit " + unit + " of " + first + " to " + last);
      String answer = answer(unit);
      if (!answer.isEmpty()
          && !run.add(
              new Endpoint(withUnit(url, unit), "unit " + unit + ": " + answer, Map.of()))) {
        return;
      }
    }
  }

  private String answer(int unit) throws ProtocolException {
    try {
      connection.read(unit, ModbusTable.HOLDING_REGISTER, 0, 1);
      return "answers";
    } catch (ModbusExceptionResponse e) {
      return e.code().isGateway() ? "" : "answers, without holding register 0 (" + e.code() + ")";
    } catch (ProtocolException e) {
      if (e.scope() == Scope.CONNECTION) {
        throw e;
      }
      return "";
    }
  }

  /** The address of another unit on the same line. */
  static String withUnit(String url, int unit) {
    String rest = url.replaceAll("(?<=[?&])unit=[^&]*&?", "").replaceAll("[?&]$", "");
    return rest + (rest.contains("?") ? "&" : "?") + "unit=" + unit;
  }
}
