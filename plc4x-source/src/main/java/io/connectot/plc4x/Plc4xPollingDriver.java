// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.session.Plc4xPollingSession;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.session.ReadItemPlanner;
import java.util.List;

/** The driver of a connector that polls. */
final class Plc4xPollingDriver implements PollingDriver<Plc4xDevice, Plc4xTag> {
  private final DriverRegistry drivers;
  private final SourceLineParser lines;
  private final Configuration config;

  Plc4xPollingDriver(Configuration config, DriverRegistry drivers) {
    this.config = config;
    this.drivers = drivers;
    this.lines = new SourceLineParser(drivers, config);
  }

  @Override
  public ParsedDevice<Plc4xDevice> parseDevice(DeviceLine line) throws LineException {
    return lines.device(line);
  }

  @Override
  public ParsedTag<Plc4xTag> parseTag(TagLine line) throws LineException {
    return lines.tag(line);
  }

  @Override
  public PollingSession<Plc4xDevice, Plc4xTag> newSession(
      String endpoint, List<Device<Plc4xDevice>> sharing) {
    Plc4xDevice device = sharing.get(0).settings();
    return new Plc4xPollingSession(
        new ManagedConnection(drivers, device, config.get(Plc4xConfig.CONNECT_TIMEOUT)),
        new ReadItemPlanner(
            drivers, device.url().driver(), config.get(Plc4xSourceConfig.S7_MERGE_GAP_BYTES)),
        Plc4xSourceConfig.requests(config, device.url().driver()),
        Clock.SYSTEM);
  }
}
