// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.TagLine;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.value.PlcType;

/**
 * Reads device and tag lines. Devices come first: the driver of the last one reads the addresses of
 * the tags. Thread-safe.
 */
public final class Plc4xLines {
  private final PlcDrivers drivers;
  private volatile String driver;

  public Plc4xLines(PlcDrivers drivers) {
    this.drivers = drivers;
  }

  /** Reads a device line. */
  public Plc4xDevice device(DeviceLine line) throws LineException {
    ConnectionString url = ConnectionString.parse(line.url());
    driver = url.driver();
    return new Plc4xDevice(url);
  }

  /** Reads a tag line. */
  public Plc4xTag tag(TagLine line) throws LineException {
    String code = driver;
    if (code == null) {
      return new Plc4xTag(new PlcAddress(line.address(), PlcType.UNKNOWN, false, null));
    }
    return new Plc4xTag(drivers.parse(code, line.address()));
  }
}
