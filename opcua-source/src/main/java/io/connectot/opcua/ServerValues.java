// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.subscription.ValueSource;
import io.connectot.opcua.value.DataTypes;
import io.connectot.opcua.value.Labels;
import io.connectot.opcua.value.ValueReader;
import java.util.Collection;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;

/** Reads the values of one session by the types that its server has. Thread-safe. */
final class ServerValues implements ValueSource {
  private final DataTypes types;
  private final ValueReader reader;

  ServerValues(UaSession session, ValueSettings settings) {
    this.types = new DataTypes(session, settings);
    this.reader = new ValueReader(types);
  }

  @Override
  public void prepare(Collection<MonitoredNode> nodes)
      throws ProtocolException, InterruptedException {
    types.load(nodes.stream().map(MonitoredNode::dataType).distinct().toList());
  }

  @Override
  public NodeValues of(Device<?> device, MonitoredNode node) {
    Map<Long, String> labels = node.properties().labels();
    return labels.isEmpty()
        ? reader.forNode(device, node.tag(), node.dataType())::read
        : reader.forNode(device, node.tag(), labels(labels))::read;
  }

  private static Labels labels(Map<Long, String> texts) {
    return Labels.ofValues(
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
  public void forget() {
    types.forget();
  }

  @Override
  public void close() {
    types.close();
  }
}
