// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingDriver;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.config.DeviceLineParser;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.settings.OpcUaEventConfig;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** OPC UA, bound to one connector's configuration. */
final class OpcUaDriver implements StreamingDriver<OpcUaDevice, OpcUaTag> {
  private final Configuration config;

  /** What is kept from session to session. */
  private final Map<EndpointSessions.Key, EndpointSessions> endpoints = new ConcurrentHashMap<>();

  OpcUaDriver(Configuration config) {
    this.config = config;
  }

  @Override
  public ParsedDevice<OpcUaDevice> parseDevice(DeviceLine line) throws LineException {
    OpcUaDevice device = DeviceLineParser.parse(line.url());
    return new ParsedDevice<>(device.endpoint(), device);
  }

  @Override
  public ParsedTag<OpcUaTag> parseTag(TagLine line) throws LineException {
    return OpcUaSourceConfig.parseTag(config, line);
  }

  @Override
  public void checkTag(Tag<OpcUaTag> tag) throws LineException {
    OpcUaSourceConfig.checkTag(config, tag);
  }

  @Override
  public void checkDevices(List<Device<OpcUaDevice>> devices) {
    OpcUaSourceConfig.checkPublishedNodes(config, devices.stream().map(Device::settings).toList());
  }

  @Override
  public Optional<EventRecords> eventRecords() {
    return OpcUaEventConfig.records(config);
  }

  @Override
  public boolean discoversTags() {
    return OpcUaBrowseConfig.findsNodes(config) || config.get(OpcUaEventConfig.TOPIC).isPresent();
  }

  @Override
  public StreamingSession newSession(
      String endpoint,
      Map<Device<OpcUaDevice>, List<Tag<OpcUaTag>>> devices,
      StreamContext context) {
    return endpoints
        .computeIfAbsent(
            new EndpointSessions.Key(endpoint, context.part()),
            key -> new EndpointSessions(config, devices, context))
        .newSession();
  }

  /**
   * Sessions go on from stored offsets and know again what is in Kafka, unless they are told not to
   * look.
   */
  @Override
  public boolean exactlyOnce() {
    return OpcUaResumeConfig.resumes(config);
  }

  @Override
  public boolean splitsEndpoints() {
    return true;
  }

  @Override
  public void testConnection(Device<OpcUaDevice> device) throws ProtocolException {
    testConnection(config, device);
  }

  @Override
  public Duration testLimit() {
    return testLimit(config);
  }

  /** A session is opened twice, with values read in the second one. */
  static Duration testLimit(Configuration config) {
    return config.get(OpcUaConnectionConfig.CONNECT_TIMEOUT).multipliedBy(2).plusSeconds(5);
  }

  @Override
  public Map<String, String> unreadableTags(Device<OpcUaDevice> device, List<Tag<OpcUaTag>> tags)
      throws ProtocolException {
    return tags.isEmpty() ? Map.of() : new OpcUaRowDriver(config).unreadableTags(device, tags);
  }

  /** Opens a session with a device and closes it. */
  static void testConnection(Configuration config, Device<OpcUaDevice> device)
      throws ProtocolException {
    try {
      DeviceSessions.testConnection(config, device.settings());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "STOPPED", "the test was stopped", e);
    }
  }
}
