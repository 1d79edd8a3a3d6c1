// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.model.objects.ServerTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/** The plant's nodes in one life of the server. Thread-safe. */
final class PlantNamespace extends ManagedNamespaceWithLifecycle {
  static final String URI = "urn:connectot:plant";

  private final PlantLimits limits;
  private final Historian historian;
  private final boolean history;
  private final ItemFeed feed = new ItemFeed(this::sample);
  private final PlantNodes nodes;

  PlantNamespace(
      OpcUaServer server, PlantLimits limits, Historian historian, PlantOptions options) {
    super(server, URI);
    this.limits = limits;
    this.historian = historian;
    this.history = options.history();
    this.nodes = new PlantNodes(getNodeContext(), getNamespaceIndex().intValue(), history);
    getLifecycleManager()
        .addStartupTask(
            () -> {
              new PlantModel(nodes, new PlantTypes(nodes, server)).build();
              if (server.getAddressSpaceManager().getManagedNode(NodeIds.Server).orElse(null)
                  instanceof ServerTypeNode object) {
                object.setEventNotifier(ubyte(1));
              }
            });
  }

  PlantNodes nodes() {
    return nodes;
  }

  UaVariableNode variable(String node) {
    if (getNodeManager().get(nodes.id(node)) instanceof UaVariableNode variable) {
      return variable;
    }
    throw new IllegalArgumentException("there is no variable " + node);
  }

  /** Changes a variable's value, stores it and tells who watches. */
  void change(String node, UnaryOperator<DataValue> change) {
    change(variable(node), node, change);
  }

  void change(UaVariableNode variable, String node, UnaryOperator<DataValue> change) {
    feed.change(
        variable.getNodeId(),
        () -> {
          DataValue value = change.apply(variable.getValue());
          variable.setValue(value);
          if (history) {
            historian.store(node, value);
          }
          return value;
        });
  }

  /** Removes a node with what is below it; who watches is told. */
  List<NodeId> remove(String node) {
    List<NodeId> removed = new ArrayList<>();
    for (UaNode candidate : getNodeManager().getNodes()) {
      String id = candidate.getNodeId().getIdentifier().toString();
      if (id.equals(node) || id.startsWith(node + ".")) {
        removed.add(candidate.getNodeId());
        candidate.delete();
      }
    }
    for (NodeId id : removed) {
      feed.change(id, () -> new DataValue(StatusCodes.Bad_NodeIdUnknown));
    }
    return removed;
  }

  private DataValue sample(DataItem item) {
    return read(
            new ReadContext(getServer(), item.getSession()),
            0d,
            TimestampsToReturn.Both,
            List.of(item.getReadValueId()))
        .get(0);
  }

  @Override
  public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
    List<StatusCode> results = super.write(context, writeValues);
    for (int i = 0; i < results.size(); i++) {
      WriteValue write = writeValues.get(i);
      if (results.get(i).isGood() && AttributeId.Value.isEqual(write.getAttributeId())) {
        change(write.getNodeId().getIdentifier().toString(), value -> value);
      }
    }
    return results;
  }

  @Override
  public List<HistoryReadResult> historyRead(
      HistoryReadContext context,
      HistoryReadDetails details,
      TimestampsToReturn timestamps,
      List<HistoryReadValueId> read) {
    if (!history || !(details instanceof ReadRawModifiedDetails raw) || raw.getIsReadModified()) {
      return super.historyRead(context, details, timestamps, read);
    }
    return read.stream().map(value -> historyRead(raw, value)).toList();
  }

  private HistoryReadResult historyRead(ReadRawModifiedDetails raw, HistoryReadValueId read) {
    if (!getNodeManager().containsNode(read.getNodeId())) {
      return new HistoryReadResult(
          new StatusCode(StatusCodes.Bad_NodeIdUnknown), ByteString.NULL_VALUE, null);
    }
    return historian.read(
        read.getNodeId().getIdentifier().toString(),
        raw,
        read.getContinuationPoint(),
        getServer().getStaticEncodingContext());
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId item, Double sampling, UInteger queue) {
    return new RevisedDataItemParameters(
        limits.revisedSampling(sampling), limits.revisedQueue(queue));
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId item, Double sampling, UInteger queue) {
    return onCreateDataItem(item, sampling, queue);
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    feed.created(items);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    // What is modified holds from the next change on.
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    feed.deleted(items);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    feed.created(
        items.stream()
            .filter(DataItem.class::isInstance)
            .map(DataItem.class::cast)
            .filter(DataItem::isSamplingEnabled)
            .toList());
  }
}
