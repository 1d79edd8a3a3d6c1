// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.DataTypeDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Reads definitions of data types from a server, within the limits of its services. */
public final class ServerTypes implements TypeSource {
  private static final AttributeId[] ATTRIBUTES = {
    AttributeId.BrowseName, AttributeId.IsAbstract, AttributeId.DataTypeDefinition
  };

  private final UaSession session;

  public ServerTypes(UaSession session) {
    this.session = session;
  }

  @Override
  public Map<NodeId, Description> describe(List<NodeId> dataTypes)
      throws ProtocolException, InterruptedException {
    List<ReadValueId> reads = new ArrayList<>();
    for (NodeId type : dataTypes) {
      for (AttributeId attribute : ATTRIBUTES) {
        reads.add(new ReadValueId(type, attribute.uid(), null, QualifiedName.NULL_VALUE));
      }
    }
    List<DataValue> values = read(reads);
    Map<NodeId, NodeId> supertypes =
        referenced(dataTypes, NodeIds.HasSubtype, BrowseDirection.Inverse);
    Map<NodeId, Description> descriptions = new HashMap<>();
    List<NodeId> unlabelled = new ArrayList<>();
    for (int i = 0; i < dataTypes.size(); i++) {
      NodeId type = dataTypes.get(i);
      Object name = values.get(i * ATTRIBUTES.length).value().value();
      if (name instanceof QualifiedName qualified && qualified.name() != null) {
        DataTypeDefinition definition =
            definition(values.get(i * ATTRIBUTES.length + 2).value().value());
        NodeId supertype = supertypes.get(type);
        descriptions.put(
            type,
            new Description(
                qualified.name(),
                Boolean.TRUE.equals(values.get(i * ATTRIBUTES.length + 1).value().value()),
                definition,
                Optional.ofNullable(supertype),
                Optional.empty()));
        if (definition == null && NodeIds.Enumeration.equals(supertype)) {
          unlabelled.add(type);
        }
      }
    }
    addLabels(unlabelled, descriptions);
    return descriptions;
  }

  @Override
  public Map<NodeId, NodeId> typesOfEncodings(Collection<NodeId> encodings)
      throws ProtocolException, InterruptedException {
    return referenced(List.copyOf(encodings), NodeIds.HasEncoding, BrowseDirection.Inverse);
  }

  private DataTypeDefinition definition(Object raw) {
    if (!(raw instanceof ExtensionObject object) || object.isNull()) {
      return null;
    }
    try {
      return object.decode(session.services().getStaticEncodingContext())
              instanceof DataTypeDefinition definition
          ? definition
          : null;
    } catch (RuntimeException e) {
      // Values of the type are undecodable, and their status names it.
      return null;
    }
  }

  /** Enumerations of servers before version 1.04 have their labels in properties. */
  private void addLabels(List<NodeId> types, Map<NodeId, Description> descriptions)
      throws ProtocolException, InterruptedException {
    if (types.isEmpty()) {
      return;
    }
    List<BrowseResult> results = browse(types, NodeIds.HasProperty, BrowseDirection.Forward);
    List<NodeId> owners = new ArrayList<>();
    List<ReadValueId> reads = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      for (ReferenceDescription reference : references(results.get(i))) {
        String name = reference.getBrowseName().name();
        Optional<NodeId> property = reference.getNodeId().toNodeId(session.namespaces());
        if (property.isPresent() && ("EnumStrings".equals(name) || "EnumValues".equals(name))) {
          owners.add(types.get(i));
          reads.add(
              new ReadValueId(
                  property.get(), AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE));
        }
      }
    }
    List<DataValue> values = read(reads);
    for (int i = 0; i < owners.size(); i++) {
      Optional<EnumLabels> labels = labels(values.get(i).value().value());
      if (labels.isPresent()) {
        descriptions.computeIfPresent(
            owners.get(i),
            (type, known) ->
                new Description(known.name(), known.isAbstract(), null, known.supertype(), labels));
      }
    }
  }

  private Optional<EnumLabels> labels(Object raw) {
    if (raw instanceof LocalizedText[] strings) {
      return Optional.of(EnumLabels.ofStrings(strings));
    }
    if (!(raw instanceof ExtensionObject[] objects)) {
      return Optional.empty();
    }
    List<EnumValueType> values = new ArrayList<>();
    for (ExtensionObject object : objects) {
      try {
        if (object.decode(session.services().getStaticEncodingContext())
            instanceof EnumValueType value) {
          values.add(value);
        }
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }
    return Optional.of(EnumLabels.ofValues(values.toArray(new EnumValueType[0])));
  }

  /** The first node each of these has a reference to. */
  private Map<NodeId, NodeId> referenced(
      List<NodeId> nodes, NodeId referenceType, BrowseDirection direction)
      throws ProtocolException, InterruptedException {
    List<BrowseResult> results = browse(nodes, referenceType, direction);
    Map<NodeId, NodeId> found = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (ReferenceDescription reference : references(results.get(i))) {
        Optional<NodeId> target = reference.getNodeId().toNodeId(session.namespaces());
        if (target.isPresent()) {
          found.putIfAbsent(nodes.get(i), target.get());
        }
      }
    }
    return found;
  }

  private static ReferenceDescription[] references(BrowseResult result) {
    return result.getReferences() == null ? new ReferenceDescription[0] : result.getReferences();
  }

  /** One result for each node. References behind a continuation point are not needed. */
  private List<BrowseResult> browse(
      List<NodeId> nodes, NodeId referenceType, BrowseDirection direction)
      throws ProtocolException, InterruptedException {
    List<BrowseResult> results = new ArrayList<>(nodes.size());
    int most = session.limits().browse();
    for (int from = 0; from < nodes.size(); from += most) {
      List<BrowseDescription> chunk =
          nodes.subList(from, Math.min(nodes.size(), from + most)).stream()
              .map(
                  node ->
                      new BrowseDescription(
                          node,
                          direction,
                          referenceType,
                          true,
                          UInteger.valueOf(0),
                          UInteger.valueOf(BrowseResultMask.All.getValue())))
              .toList();
      List<BrowseResult> answer = session.await(session.services().browseAsync(chunk));
      for (int i = 0; i < chunk.size(); i++) {
        results.add(
            i < answer.size() ? answer.get(i) : new BrowseResult(StatusCode.BAD, null, null));
      }
    }
    return results;
  }

  private List<DataValue> read(List<ReadValueId> reads)
      throws ProtocolException, InterruptedException {
    List<DataValue> values = new ArrayList<>(reads.size());
    int most = session.limits().read();
    for (int from = 0; from < reads.size(); from += most) {
      List<ReadValueId> chunk = reads.subList(from, Math.min(reads.size(), from + most));
      DataValue[] answer =
          session
              .await(session.services().readAsync(0, TimestampsToReturn.Neither, chunk))
              .getResults();
      for (int i = 0; i < chunk.size(); i++) {
        values.add(
            answer != null && i < answer.length && answer[i] != null
                ? answer[i]
                : new DataValue(StatusCode.BAD));
      }
    }
    return values;
  }
}
