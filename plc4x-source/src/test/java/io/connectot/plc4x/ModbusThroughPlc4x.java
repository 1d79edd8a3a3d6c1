// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.modbus.address.Table;
import io.connectot.modbus.testing.Fault;
import io.connectot.modbus.testing.ServerCounters;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.SimulatedUnit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A simulated Modbus device, read by PLC4X's Modbus driver. */
final class ModbusThroughPlc4x implements DeviceHarness {
  private static final int UNIT = 1;
  private static final int DISTANCE = 500;

  private final SimulatedModbusServer server;
  private final SimulatedUnit unit;
  private final ServerCounters counters;

  ModbusThroughPlc4x(SimulatedModbusServer server) throws IOException {
    this.server = server;
    this.unit = server.unit(UNIT);
    this.counters = server.counters();
    server.stop();
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

  @Override
  public void start() throws IOException {
    server.fault(Fault.NONE);
    server.start();
  }

  @Override
  public void stop() throws IOException {
    server.stop();
  }

  @Override
  public void hang() {
    server.fault(Fault.HANG);
  }

  @Override
  public void set(String tag, int value) {
    unit.set(Table.HOLDING_REGISTER, address(tag), value);
  }

  @Override
  public void breakTag(String tag) {
    unit.illegal(Table.HOLDING_REGISTER, address(tag), 1);
  }

  @Override
  public void mendTag(String tag) {
    unit.allLegal();
  }

  @Override
  public OptionalInt connections() {
    return OptionalInt.of(counters.openConnections());
  }

  @Override
  public OptionalInt mostConcurrentRequests() {
    return OptionalInt.of(counters.mostConcurrentRequests());
  }

  @Override
  public void dispose() throws IOException {
    server.close();
  }

  private static int address(String tag) {
    return TAGS.indexOf(tag) * DISTANCE;
  }
}
