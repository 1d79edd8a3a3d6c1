// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.config.DeviceLineParser;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** OPC UA, bound to the configuration of a connector that polls and writes rows. */
final class OpcUaRowDriver implements PollingDriver<OpcUaDevice, OpcUaTag> {
  private final Configuration config;

  OpcUaRowDriver(Configuration config) {
    this.config = config;
  }

  @Override
  public ParsedDevice<OpcUaDevice> parseDevice(DeviceLine line) throws LineException {
    OpcUaDevice device = DeviceLineParser.parse(line.url());
    return new ParsedDevice<>(device.endpoint(), device);
  }

  @Override
  public ParsedTag<OpcUaTag> parseTag(TagLine line) throws LineException {
    return OpcUaSourceConfig.parseColumn(config, line);
  }

  @Override
  public void checkTag(Tag<OpcUaTag> tag) throws LineException {
    OpcUaSourceConfig.checkTag(config, tag);
  }

  @Override
  public PollingSession<OpcUaDevice, OpcUaTag> newSession(
      String endpoint, List<Device<OpcUaDevice>> devices) {
    return new OpcUaRowSession(
        new DeviceSessions(config, devices.get(0).settings()),
        endpoint,
        config,
        session ->
            new SessionValues(
                session, OpcUaValueConfig.settings(config), Optional.empty(), Optional.empty()));
  }

  @Override
  public Duration testLimit() {
    return OpcUaDriver.testLimit(config);
  }

  @Override
  public void testConnection(Device<OpcUaDevice> device) throws ProtocolException {
    OpcUaDriver.testConnection(config, device);
  }
}
