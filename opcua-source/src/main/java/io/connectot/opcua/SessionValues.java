// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.event.DeviceEvents;
import io.connectot.opcua.event.ModelChanges;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.select.NodeLocator;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.subscription.node.ModelChangeListener;
import io.connectot.opcua.subscription.node.ValueSource;
import io.connectot.opcua.value.DataTypes;
import io.connectot.opcua.value.ValueDecoder;
import io.connectot.opcua.value.type.EnumLabels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;

/** Decodes the values and events of one session with the types of its server. Thread-safe. */
final class SessionValues implements ValueSource {
  private final DataTypes types;
  private final ValueDecoder reader;
  private final UaSession session;
  private final Optional<DeviceEvents> events;
  private final Optional<ModelChanges> changes;

  /**
   * @param events to be monitored; empty for none
   * @param changes to be looked out for; empty for not
   */
  SessionValues(
      UaSession session,
      ValueSettings settings,
      Optional<DeviceEvents> events,
      Optional<ModelChanges> changes) {
    this.session = session;
    this.events = events;
    this.changes = changes;
    this.types = new DataTypes(session, settings);
    this.reader = new ValueDecoder(types);
  }

  @Override
  public void prepare(Collection<MonitoredNode> nodes)
      throws ProtocolException, InterruptedException {
    types.load(nodes.stream().map(MonitoredNode::dataType).distinct().toList());
  }

  @Override
  public NodeValues of(MonitoredNode node) {
    Map<Long, String> labels = node.properties().labels();
    return labels.isEmpty()
        ? reader.forNode(node.point(), node.dataType())::read
        : reader.forNode(node.point(), labels(labels))::read;
  }

  private static EnumLabels labels(Map<Long, String> texts) {
    return EnumLabels.ofValues(
        texts.entrySet().stream()
            .map(
                entry ->
                    new EnumValueType(
                        entry.getKey(),
                        LocalizedText.english(entry.getValue()),
                        LocalizedText.NULL_VALUE))
            .toArray(EnumValueType[]::new));
  }

  @Override
  public List<EventMonitor> events(ModelChangeListener told)
      throws ProtocolException, InterruptedException {
    List<EventMonitor> monitors = new ArrayList<>();
    if (events.isPresent()) {
      monitors.add(events.get().begin(session, reader, new NodeLocator(session)::find));
    }
    changes.ifPresent(model -> monitors.add(model.begin(session, told)));
    return monitors;
  }

  @Override
  public void forget() {
    types.forget();
  }

  @Override
  public void close() {
    types.close();
  }
}
