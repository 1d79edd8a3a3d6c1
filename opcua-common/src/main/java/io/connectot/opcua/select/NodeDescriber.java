// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Reads the descriptions of variables. For one session and one thread at a time. */
final class NodeDescriber {
  private static final List<AttributeId> ATTRIBUTES =
      List.of(
          AttributeId.DataType,
          AttributeId.ValueRank,
          AttributeId.UserAccessLevel,
          AttributeId.Description);

  /** The bit of AccessLevel (OPC UA Part 3 §8.57). */
  private static final int HISTORY_READ = 4;

  private final UaSession session;
  private final RequestBatches read;
  private final DataTypeKinds kinds;
  private final PropertyReader properties;

  NodeDescriber(UaSession session, Browser browser) {
    this.session = session;
    this.read = new RequestBatches(session, session.limits().read());
    this.kinds = new DataTypeKinds(browser, session.namespaces());
    this.properties = new PropertyReader(session, browser, this::read);
  }

  /**
   * Describes nodes.
   *
   * @param known what HasProperty leads to, of nodes that were browsed already
   */
  Map<NodeId, NodeDescription> describe(
      Collection<NodeId> nodes, Map<NodeId, List<ReferenceDescription>> known)
      throws ProtocolException, InterruptedException {
    List<NodeId> all = List.copyOf(nodes);
    List<ReadValueId> requests = new ArrayList<>(all.size() * ATTRIBUTES.size());
    for (NodeId node : all) {
      for (AttributeId attribute : ATTRIBUTES) {
        requests.add(request(node, attribute));
      }
    }
    List<DataValue> values = read(requests);
    Map<NodeId, List<DataValue>> variables = new LinkedHashMap<>();
    Map<NodeId, NodeDescription> descriptions = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      List<DataValue> own = values.subList(i * ATTRIBUTES.size(), (i + 1) * ATTRIBUTES.size());
      if (own.get(0).statusCode().isBad() || !(own.get(0).value().value() instanceof NodeId)) {
        descriptions.put(all.get(i), NodeDescription.bad(own.get(0).statusCode()));
      } else {
        variables.put(all.get(i), own);
      }
    }
    kinds.load(variables.values().stream().map(NodeDescriber::dataType).distinct().toList());
    Map<NodeId, NodeProperties> described = properties.read(variables.keySet(), known);
    variables.forEach((node, own) -> descriptions.put(node, description(own, described.get(node))));
    return descriptions;
  }

  private NodeDescription description(List<DataValue> attributes, NodeProperties found) {
    NodeId dataType = dataType(attributes);
    int rank = attributes.get(1).value().value() instanceof Integer value ? value : -1;
    boolean history =
        attributes.get(2).value().value() instanceof UByte access
            && (access.intValue() & HISTORY_READ) != 0;
    Optional<String> text =
        attributes.get(3).value().value() instanceof LocalizedText description
            ? Optional.ofNullable(description.text()).filter(words -> !words.isBlank())
            : Optional.empty();
    return new NodeDescription(
        attributes.get(0).statusCode(),
        dataType,
        rank,
        history,
        kinds.type(dataType, rank),
        kinds.type(dataType, -1),
        text,
        found);
  }

  private static NodeId dataType(List<DataValue> attributes) {
    return (NodeId) attributes.get(0).value().value();
  }

  private List<DataValue> read(List<ReadValueId> requests)
      throws ProtocolException, InterruptedException {
    return read.ask(
        requests,
        some -> session.services().readAsync(0, TimestampsToReturn.Neither, some),
        ReadResponse::getResults);
  }

  static ReadValueId request(NodeId node, AttributeId attribute) {
    return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
  }
}
