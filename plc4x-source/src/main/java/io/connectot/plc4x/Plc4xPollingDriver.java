// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.TagLine;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xLineParser;
import io.connectot.plc4x.config.Plc4xTag;
import io.connectot.plc4x.session.Plc4xPollingSession;
import io.connectot.plc4x.value.IecValueConverter;
import io.connectot.plc4x.value.ValueConverter;
import java.util.List;

/** PLC4X bound to the configuration of a connector that polls. */
final class Plc4xPollingDriver implements PollingDriver<Plc4xDevice, Plc4xTag> {
  private static final ValueConverter CONVERTER = new IecValueConverter();

  private final DriverRegistry drivers;
  private final Plc4xLineParser lines;
  private final Configuration config;

  Plc4xPollingDriver(Configuration config, DriverRegistry drivers) {
    this.config = config;
    this.drivers = drivers;
    this.lines = new Plc4xLineParser(drivers, config);
  }

  @Override
  public ParsedDevice<Plc4xDevice> parseDevice(DeviceLine line) throws LineException {
    return lines.parseDevice(line);
  }

  @Override
  public ParsedTag<Plc4xTag> parseTag(TagLine line) throws LineException {
    return lines.parseTag(line);
  }

  @Override
  public PollingSession<Plc4xDevice, Plc4xTag> newSession(
      String endpoint, List<Device<Plc4xDevice>> sharing) {
    return new Plc4xPollingSession(
        drivers, sharing.get(0).settings(), Plc4xConfig.requests(config), CONVERTER, Clock.SYSTEM);
  }
}
