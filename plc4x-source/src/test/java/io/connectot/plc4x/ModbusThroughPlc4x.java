// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.modbus.testing.ModbusHarness;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A simulated Modbus device, read by PLC4X's Modbus driver. */
final class ModbusThroughPlc4x extends ModbusHarness {
  ModbusThroughPlc4x(SimulatedModbusServer server) throws IOException {
    super(server);
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    String host = server.url().substring("tcp://".length());
    props.put("devices." + DEVICE, "modbus-tcp://" + host + "?default-unit-identifier=" + UNIT);
    for (String tag : TAGS) {
      // PLC4X counts from 1.
      props.put("tags." + tag, "holding-register:" + (address(tag) + 1) + ":UINT");
    }
    props.put("plc4x.connect.timeout.ms", "1000");
    props.put("plc4x.request.timeout.ms", "300");
    props.put("plc4x.recheck.ms", "1000");
    return props;
  }
}
