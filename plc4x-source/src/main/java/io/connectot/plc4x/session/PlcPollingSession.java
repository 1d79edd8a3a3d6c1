// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xTag;
import io.connectot.plc4x.config.RequestSettings;
import java.util.List;

/** One connection to one PLC. */
public final class PlcPollingSession implements PollingSession<Plc4xDevice, Plc4xTag> {
  private final PlcDrivers drivers;
  private final Plc4xDevice device;
  private final RequestSettings settings;

  public PlcPollingSession(PlcDrivers drivers, Plc4xDevice device, RequestSettings settings) {
    this.drivers = drivers;
    this.device = device;
    this.settings = settings;
  }

  @Override
  public void connect() throws ProtocolException {
    throw new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "NO_CONNECTION",
        device + " " + drivers + " " + settings,
        null);
  }

  @Override
  public List<Measurement> read(Device<Plc4xDevice> of, List<Tag<Plc4xTag>> tags)
      throws ProtocolException {
    return List.of();
  }

  @Override
  public String currentEndpoint() {
    return device.url().endpoint();
  }

  @Override
  public void close() {}
}
