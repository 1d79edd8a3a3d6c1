// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.WritingModbusHarness;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A simulated Modbus device, by PLC4X's driver. */
final class ModbusTcpHarness extends WritingModbusHarness {
  /** The loading of a driver is a part of its first connection. */
  static final Map<String, String> TIMING =
      Map.of("plc4x.connect.timeout.ms", "20000", "plc4x.request.timeout.ms", "2000");

  ModbusTcpHarness(SimulatedModbusServer server) throws IOException {
    super(server);
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>(TIMING);
    String host = url().substring("tcp://".length());
    props.put("devices." + DEVICE, "modbus-tcp://" + host + "?default-unit-identifier=1");
    for (String tag : TAGS) {
      // PLC4X counts from 1.
      props.put("tags." + tag, "holding-register:" + (address(tag) + 1) + ":UINT");
    }
    return props;
  }
}
