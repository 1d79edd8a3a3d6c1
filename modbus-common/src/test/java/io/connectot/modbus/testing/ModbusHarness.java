// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.modbus.address.ModbusTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A simulated Modbus device that is read. Other ways to read it override its keys. */
public class ModbusHarness extends ModbusContractDevice implements DeviceHarness {
  private final ServerCounters counters;

  /** Takes over a server, and stops it until {@link #start}. */
  public ModbusHarness(SimulatedModbusServer server) throws IOException {
    super(server);
    this.counters = server.counters();
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("devices." + DEVICE, server.url() + "?unit=" + UNIT);
    for (String tag : TAGS) {
      props.put("tags." + tag, "holding:" + address(tag) + " uint16");
    }
    props.put("modbus.request.timeout.ms", "1000");
    props.put("modbus.request.retries", "0");
    props.put("modbus.degrade.retry.ms", "200");
    props.put("modbus.block.isolation.recheck.ms", "1000");
    return props;
  }

  @Override
  public final void breakTag(String tag) {
    unit.illegal(ModbusTable.HOLDING_REGISTER, address(tag), 1);
  }

  @Override
  public final void mendTag(String tag) {
    unit.allLegal();
  }

  @Override
  public final OptionalInt connections() {
    return OptionalInt.of(counters.openConnections());
  }

  @Override
  public final OptionalInt mostConcurrentRequests() {
    return OptionalInt.of(counters.mostConcurrentRequests());
  }
}
