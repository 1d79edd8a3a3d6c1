// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.WritingModbusHarness;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A simulated Modbus device, by this connector. */
final class ModbusSinkHarness extends WritingModbusHarness {
  ModbusSinkHarness(SimulatedModbusServer server) throws IOException {
    super(server);
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("devices." + DEVICE, url() + "?unit=1");
    for (String tag : TAGS) {
      props.put("tags." + tag, "holding:" + address(tag) + " uint16");
    }
    props.put("modbus.request.timeout.ms", "1000");
    props.put("modbus.connect.timeout.ms", "1000");
    props.put("modbus.request.retries", "0");
    return props;
  }
}
