// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingSession;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaIdentityConfig;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.event.DeviceEvents;
import io.connectot.opcua.event.ModelChanges;
import io.connectot.opcua.resume.TransferMemory;
import io.connectot.opcua.select.NodeSelector;
import io.connectot.opcua.select.Selection;
import io.connectot.opcua.settings.OpcUaEventConfig;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import io.connectot.opcua.subscription.ServerSession;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeSource;
import io.connectot.opcua.subscription.node.SessionDependencies;
import io.connectot.opcua.subscription.node.ValueSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One part of one endpoint of a task: makes its sessions, and keeps their common state.
 * Thread-safe.
 */
final class EndpointSessions {
  private final List<Device<OpcUaDevice>> devices;
  private final SessionDependencies parts;
  private final NodeRegistry registry;
  private final String threadName;

  EndpointSessions(
      Configuration config,
      Map<Device<OpcUaDevice>, List<Tag<OpcUaTag>>> devices,
      StreamContext context) {
    this.devices = List.copyOf(devices.keySet());
    this.threadName = context.threadName();
    this.registry = registry(config, context);
    this.parts =
        new SessionDependencies(
            new DeviceSessions(config, this.devices.get(0).settings()),
            nodes(config, devices, context.clock().ticker()),
            values(config, context),
            config,
            context.clock()::epochNanos);
  }

  /**
   * Which endpoint, and which part of it.
   *
   * @param url of the server
   */
  record Key(String url, EndpointPart part) {}

  private static NodeRegistry registry(Configuration config, StreamContext context) {
    // A server may transfer subscriptions of one user and not those of another.
    List<Object> user =
        List.of(
            config.connectorName(),
            config.get(OpcUaIdentityConfig.TYPE),
            config.get(OpcUaIdentityConfig.USERNAME),
            config.get(OpcUaSecurityConfig.MODE),
            config.get(OpcUaSecurityConfig.POLICY));
    return new NodeRegistry(
        context.part(),
        context.offsets(),
        OpcUaResumeConfig.resumes(config),
        url -> TransferMemory.of(List.of(url, user)));
  }

  /** Events are monitored once: in the first part, as events of the endpoint's first device. */
  private Function<UaSession, ValueSource> values(Configuration config, StreamContext context) {
    Optional<DeviceEvents> events =
        config.get(OpcUaEventConfig.TOPIC).isPresent() && context.part().index() == 0
            ? Optional.of(
                new DeviceEvents(
                    devices.get(0),
                    config,
                    OpcUaResumeConfig.resumes(config) ? context.offsets() : OffsetReader.NONE))
            : Optional.empty();
    Optional<ModelChanges> changes =
        config.get(OpcUaBrowseConfig.MODEL_CHANGE_EVENTS)
            ? Optional.of(new ModelChanges())
            : Optional.empty();
    ValueSettings settings = OpcUaValueConfig.settings(config);
    return session -> new SessionValues(session, settings, events, changes);
  }

  private static NodeSource nodes(
      Configuration config,
      Map<Device<OpcUaDevice>, List<Tag<OpcUaTag>>> devices,
      LongSupplier ticker) {
    NodeSelector selector =
        new NodeSelector(config, OpcUaSourceConfig.publishedNodes(config), devices, ticker);
    return new NodeSource() {
      @Override
      public Selection select(UaSession session, Device<OpcUaDevice> device)
          throws ProtocolException, InterruptedException {
        return selector.select(session, device);
      }

      @Override
      public void forget() {
        selector.expire();
      }
    };
  }

  StreamingSession newSession() {
    return new ServerSession(parts, devices, registry, threadName);
  }
}
