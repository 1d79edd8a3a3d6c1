// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.plan.DeviceScan;
import io.connectot.modbus.plan.UnitHealth;
import io.connectot.modbus.sunspec.SunSpecWalk;
import io.connectot.modbus.transport.ModbusConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices behind one connection. Refused tags and silent units are remembered for the life of
 * the session, across reconnections.
 */
final class ModbusPollingSession implements PollingSession<ModbusDevice, ModbusTag> {
  /** How often a scan is repeated while its responses are in doubt. */
  private static final int SCANS = 3;

  /** How long a unit that did not answer explains missed scans. */
  private static final Duration DELAY_REMEMBERED = Duration.ofMinutes(2);

  private final ModbusConnection connection;
  private final boolean closeAfterPoll;
  private final UnitHealth units;
  private final Clock clock;
  private final Optional<DeviceIdentification> identification;

  /** By device name and list of points; the runtime passes one list instance per scan group. */
  private final Map<String, Map<List<Point<ModbusTag>>, DeviceScan>> scans = new HashMap<>();

  /** The lists of points whose addresses were found by a walk. */
  private final Set<List<Point<ModbusTag>>> sunSpecScans =
      Collections.newSetFromMap(new IdentityHashMap<>());

  ModbusPollingSession(
      ModbusConnection connection,
      boolean closeAfterPoll,
      boolean identifies,
      Duration longestUnitPause,
      Clock clock) {
    this.connection = connection;
    this.closeAfterPoll = closeAfterPoll;
    this.units = new UnitHealth(longestUnitPause);
    this.clock = clock;
    this.identification =
        identifies ? Optional.of(new DeviceIdentification(connection)) : Optional.empty();
  }

  @Override
  public void connect() throws ProtocolException {
    connection.open();
    // After an update of its firmware a device may have its models at other addresses.
    sunSpecScans.forEach(points -> scans.values().forEach(groups -> groups.remove(points)));
    sunSpecScans.clear();
    identification.ifPresent(DeviceIdentification::connected);
  }

  @Override
  public List<Measurement> read(Device<ModbusDevice> device, List<Point<ModbusTag>> points)
      throws ProtocolException {
    Map<List<Point<ModbusTag>>, DeviceScan> groups =
        scans.computeIfAbsent(device.name(), name -> new IdentityHashMap<>());
    DeviceScan scan = groups.get(points);
    if (scan == null) {
      scan = newScan(device, points);
      groups.put(points, scan);
    }
    try {
      List<Measurement> read = confirmed(device, scan);
      identification.ifPresent(devices -> devices.ask(device));
      return read;
    } finally {
      if (closeAfterPoll) {
        connection.close();
      }
    }
  }

  private DeviceScan newScan(Device<ModbusDevice> device, List<Point<ModbusTag>> points)
      throws ProtocolException {
    boolean sunSpec = points.stream().anyMatch(point -> !point.tag().address().models().isEmpty());
    if (sunSpec) {
      sunSpecScans.add(points);
    }
    Map<Integer, Integer> models =
        sunSpec ? new SunSpecWalk(connection, device.settings().unit()).models() : Map.of();
    if (sunSpec && !connection.confirm()) {
      throw foreignResponses(device);
    }
    return new DeviceScan(
        device,
        ModbusSourceConfig.blocks(device.settings().config()),
        points,
        models,
        connection,
        units,
        clock);
  }

  /** Scans again when a response may be another master's. */
  private List<Measurement> confirmed(Device<ModbusDevice> device, DeviceScan scan)
      throws ProtocolException {
    for (int i = 0; i < SCANS; i++) {
      List<Measurement> read = scan.run();
      if (connection.confirm()) {
        return read;
      }
      scan.forgetLearned();
    }
    throw foreignResponses(device);
  }

  private ProtocolException foreignResponses(Device<ModbusDevice> device) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.DEVICE,
        "FOREIGN_RESPONSES",
        connection.endpoint()
            + " unit "
            + device.settings().unit()
            + ": responses of another master cannot be told from those to this connector; give"
            + " every master a line of its own, or poll less often",
        null);
  }

  @Override
  public Map<String, String> attributes(Device<ModbusDevice> device) {
    return identification.map(devices -> devices.of(device)).orElse(Map.of());
  }

  @Override
  public Optional<String> delay() {
    UnitHealth.LastSilence silence = units.lastSilence();
    if (silence == null || clock.tick() - silence.tick() > DELAY_REMEMBERED.toNanos()) {
      return Optional.empty();
    }
    return Optional.of(
        "unit "
            + silence.unit()
            + " at "
            + connection.endpoint()
            + " does not answer ("
            + silence.status()
            + "), and each attempt delays the other units; check the unit, or remove its tags");
  }

  @Override
  public String currentEndpoint() {
    return connection.endpoint();
  }

  @Override
  public void close() {
    connection.close();
  }
}
