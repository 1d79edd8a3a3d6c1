// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.config.DeviceLineParser;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.TagLineParser;
import java.util.List;
import java.util.Map;

/** OPC UA, bound to the configuration of one sink. */
final class OpcUaWritingDriver implements WritingDriver<OpcUaDevice, OpcUaTag> {
  private final Configuration config;

  OpcUaWritingDriver(Configuration config) {
    this.config = config;
  }

  @Override
  public ParsedDevice<OpcUaDevice> parseDevice(DeviceLine line) throws LineException {
    OpcUaDevice device = DeviceLineParser.parse(line.url());
    return new ParsedDevice<>(device.endpoint(), device);
  }

  @Override
  public ParsedTag<OpcUaTag> parseTag(TagLine line) throws LineException {
    return TagLineParser.parse(line);
  }

  @Override
  public WritingSession<OpcUaDevice, OpcUaTag> newWritingSession(
      String endpoint, Map<Device<OpcUaDevice>, List<Tag<OpcUaTag>>> devices) {
    OpcUaDevice server = devices.keySet().iterator().next().settings();
    return new OpcUaWritingSession(endpoint, new DeviceSessions(config, server), devices.values());
  }

  @Override
  public void testConnection(Device<OpcUaDevice> device) throws ProtocolException {
    try {
      DeviceSessions.testConnection(config, device.settings());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "STOPPED", "the test was stopped", e);
    }
  }
}
