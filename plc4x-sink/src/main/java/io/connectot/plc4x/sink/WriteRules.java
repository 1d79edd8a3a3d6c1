// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.value.PlcType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the drivers of PLC4X 0.13.1 do not write, or not in a way that can be relied on. */
final class WriteRules {
  /** Types of holding registers whose bytes the driver writes as it reads them. */
  private static final Set<PlcType> REGISTERS =
      EnumSet.of(
          PlcType.WORD,
          PlcType.DWORD,
          PlcType.LWORD,
          PlcType.INT,
          PlcType.UINT,
          PlcType.DINT,
          PlcType.UDINT,
          PlcType.LINT,
          PlcType.ULINT,
          PlcType.REAL,
          PlcType.LREAL);

  private static final Pattern COIL = Pattern.compile("coil:.*|0x?\\d.*");
  private static final Pattern HOLDING = Pattern.compile("holding-register:.*|4x?\\d.*");
  private static final Pattern STATE = Pattern.compile("STATE/.*");

  private WriteRules() {}

  /** Refuses drivers that cannot write, with the reason and what writes in their place. */
  static void checkDriver(String driver, Capabilities supported) throws LineException {
    String refusal =
        switch (driver) {
          case "s7" ->
              "the driver s7 of PLC4X 0.13.1 loses a buffer of direct memory with every request,"
                  + " until the worker has none left; use s7-light, whose addresses and parameters"
                  + " are the same";
          case "opcua" ->
              "the driver opcua is not used for writing; use the connector"
                  + " io.connectot.opcua.OpcUaSinkConnector, which asks the server for the types of"
                  + " its nodes and reports its status codes";
          case "modbus-rtu", "modbus-ascii" ->
              "answers have no number in "
                  + driver
                  + ", so that the driver takes a late answer to one write for the answer to the"
                  + " next; use the connector io.connectot.modbus.ModbusSinkConnector";
          case "knxnet-ip" ->
              "the driver knxnet-ip takes the acknowledgement of the gateway for that of the"
                  + " device, so that it is unknown whether a value was written";
          default ->
              supported.write()
                  ? null
                  : "the driver " + driver + " of PLC4X 0.13.1 only reads; it has no writes";
        };
    if (refusal != null) {
      throw new LineException(refusal);
    }
  }

  /** Why a tag cannot be written whatever its device says, and the remedy; empty when it can. */
  static Optional<String> refusal(String driver, PlcAddress address) {
    return switch (driver) {
      case "modbus-tcp" -> modbus(address);
      case "simulated" ->
          STATE.matcher(address.text()).matches()
              ? Optional.empty()
              : Optional.of("only STATE is kept by the simulated device; write STATE/name:TYPE");
      default -> Optional.empty();
    };
  }

  private static Optional<String> modbus(PlcAddress address) {
    if (COIL.matcher(address.text()).matches()) {
      return Optional.empty();
    } else if (!HOLDING.matcher(address.text()).matches()) {
      return Optional.of("can only be read; write a coil or a holding-register");
    } else if (!REGISTERS.contains(address.type())) {
      return Optional.of(
          "values of type "
              + address.type()
              + " are not written to registers; use one of "
              + REGISTERS
              + ", or the connector io.connectot.modbus.ModbusSinkConnector, which writes bits and"
              + " texts");
    }
    return Optional.empty();
  }
}
