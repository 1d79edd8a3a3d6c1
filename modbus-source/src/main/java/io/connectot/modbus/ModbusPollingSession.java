// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.plan.DeviceScan;
import io.connectot.modbus.plan.ScanClock;
import io.connectot.modbus.plan.UnitHealth;
import io.connectot.modbus.transport.ModbusLink;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices on one connection. What it learns about them — which tags they refuse, which units
 * are silent — lasts as long as the session, across reconnections.
 */
final class ModbusPollingSession implements PollingSession<ModbusDevice, ModbusTag> {
  private final ModbusLink link;
  private final boolean closeAfterPoll;
  private final UnitHealth units;
  private final ScanClock clock;

  /** By device name and list of points, of which the runtime always passes the same instance. */
  private final Map<String, Map<List<Point<ModbusTag>>, DeviceScan>> scans = new HashMap<>();

  ModbusPollingSession(
      ModbusLink link, boolean closeAfterPoll, Duration longestUnitPause, ScanClock clock) {
    this.link = link;
    this.closeAfterPoll = closeAfterPoll;
    this.units = new UnitHealth(longestUnitPause);
    this.clock = clock;
  }

  @Override
  public void connect() throws ProtocolException {
    link.open();
  }

  @Override
  public List<Measurement> read(Device<ModbusDevice> device, List<Point<ModbusTag>> points)
      throws ProtocolException {
    DeviceScan scan =
        scans
            .computeIfAbsent(device.name(), name -> new IdentityHashMap<>())
            .computeIfAbsent(points, list -> new DeviceScan(device, list, link, units, clock));
    try {
      return scan.run();
    } finally {
      if (closeAfterPoll) {
        link.close();
      }
    }
  }

  @Override
  public String currentEndpoint() {
    return link.endpoint();
  }

  @Override
  public void close() {
    link.close();
  }
}
