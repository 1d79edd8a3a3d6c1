// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.modbus.address.ModbusTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A simulated Modbus device with a holding register for each tag, far apart from each other.
 * Whoever reads it in another way has other {@link #connectorProps}.
 */
public class ModbusHarness implements DeviceHarness {
  /** The unit that has the registers. */
  protected static final int UNIT = 1;

  private static final int DISTANCE = 500;

  private final SimulatedModbusServer server;
  private final SimulatedUnit unit;
  private final ServerCounters counters;

  /** Takes over a server, and stops it until {@link #start}. */
  public ModbusHarness(SimulatedModbusServer server) throws IOException {
    this.server = server;
    this.unit = server.unit(UNIT);
    this.counters = server.counters();
    server.stop();
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
  public final void start() throws IOException {
    server.fault(ServerFault.NONE);
    server.start();
  }

  @Override
  public final void stop() throws IOException {
    server.stop();
  }

  @Override
  public final void hang() {
    server.fault(ServerFault.HANG);
  }

  @Override
  public final void set(String tag, int value) {
    unit.set(ModbusTable.HOLDING_REGISTER, address(tag), value);
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

  @Override
  public final void dispose() throws IOException {
    server.close();
  }

  /** The register of a tag, from 0. */
  protected static int address(String tag) {
    return TAGS.indexOf(tag) * DISTANCE;
  }
}
