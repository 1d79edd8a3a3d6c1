// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.select.NodeLocator;
import io.connectot.opcua.value.DataTypes;
import io.connectot.opcua.value.StatusInfo;
import io.connectot.opcua.value.StructureEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Asks a server what the nodes of tags are. For one session and one thread at a time. */
final class TargetReader {
  /** The bit of UserAccessLevel (OPC UA Part 3 §8.57). */
  private static final int WRITE = 2;

  /** Types are not derived from each other deeper than that. */
  private static final int MAX_DEPTH = 20;

  private static final int STRUCTURE = 22;
  private static final int BASE_DATA_TYPE = 24;
  private static final int NUMBER = 26;
  private static final int UINTEGER = 28;
  private static final int ENUMERATION = 29;

  private final UaSession session;
  private final NodeLocator locator;

  /** Built-in types by data type; empty for those that the current value shows. */
  private final Map<NodeId, Optional<OpcUaDataType>> builtins = new HashMap<>();

  private final DataTypes types;

  /**
   * @param types of the server
   */
  TargetReader(UaSession session, DataTypes types) {
    this.session = session;
    this.types = types;
    this.locator = new NodeLocator(session);
  }

  /** What the node of a tag is. */
  NodeTarget read(Tag<OpcUaTag> tag) throws ProtocolException, InterruptedException {
    OpcUaTag address = tag.address();
    Optional<NodeId> node = locator.find(address.node());
    if (node.isEmpty()) {
      return NodeTarget.refused(
          null, "the server has no node " + address.node() + "; correct the address");
    }
    List<DataValue> values =
        read(
            node.get(),
            AttributeId.NodeClass,
            AttributeId.DataType,
            AttributeId.ValueRank,
            AttributeId.UserAccessLevel,
            AttributeId.UserExecutable);
    if (values.get(0).statusCode().isBad()) {
      return NodeTarget.refused(
          null,
          "the server does not know node "
              + address.node()
              + " ("
              + StatusInfo.text(values.get(0).statusCode())
              + "); correct the address, or let the user see it");
    }
    return isMethod(values.get(0))
        ? method(node.get(), values.get(4))
        : variable(node.get(), address, values);
  }

  private static boolean isMethod(DataValue nodeClass) {
    Object value = nodeClass.value().value();
    return value == NodeClass.Method || Integer.valueOf(NodeClass.Method.getValue()).equals(value);
  }

  private NodeTarget variable(NodeId node, OpcUaTag address, List<DataValue> values)
      throws ProtocolException, InterruptedException {
    if (!(values.get(1).value().value() instanceof NodeId dataType)) {
      return NodeTarget.refused(
          node, "the node is not a variable or a method; correct the address");
    }
    if (values.get(3).value().value() instanceof UByte access && (access.intValue() & WRITE) == 0) {
      return NodeTarget.refused(
          node,
          "the server does not let the user write the node (UserAccessLevel); grant the right at"
              + " the server");
    }
    int rank = values.get(2).value().value() instanceof Integer value ? value : -1;
    Optional<String> range = address.item().indexRange();
    if (range.isPresent()) {
      // A part of an array is an array too, but for a single element.
      rank = range.get().contains(":") ? 0 : -1;
    }
    NodeForm form;
    try {
      form = form(dataType, rank, node);
    } catch (LineException e) {
      return NodeTarget.refused(node, e.getMessage());
    }
    return new NodeTarget(node, form, null, List.of(), form.target());
  }

  /**
   * What values of a data type are.
   *
   * @param node whose present value shows the type if the data type is abstract; null for none
   * @throws LineException when they cannot be written, saying why
   */
  private NodeForm form(NodeId dataType, int rank, NodeId node)
      throws LineException, ProtocolException, InterruptedException {
    Optional<OpcUaDataType> type = builtin(dataType, 0);
    boolean open = type.isEmpty();
    if (open && node != null) {
      type = ofValue(node);
    }
    if (type.isEmpty()) {
      throw new LineException(
          "its type is abstract and it has no value that shows what it takes; write a value at the"
              + " server once");
    }
    return switch (type.get()) {
      case ExtensionObject -> new NodeForm(type.get(), rank, structure(dataType, open, node));
      case DataValue, Variant, DiagnosticInfo ->
          throw new LineException(
              "values of type " + type.get() + " cannot be written; write its single variables");
      default -> new NodeForm(type.get(), rank, null);
    };
  }

  private StructureEncoder structure(NodeId dataType, boolean open, NodeId node)
      throws LineException, ProtocolException, InterruptedException {
    if (!open) {
      types.load(List.of(dataType));
    }
    if (open || StructureEncoder.isAbstract(types, dataType)) {
      Object present = node == null ? null : presentElements(node);
      if (present instanceof Object[] array) {
        present = array.length == 0 ? null : array[0];
      }
      if (!(present instanceof ExtensionObject object)) {
        throw new LineException(
            "its type is an abstract structure and it has no value that shows what it takes; write"
                + " a value at the server once");
      }
      NodeId encoding = object.getEncodingOrTypeId();
      return StructureEncoder.of(types, encoding, encoding);
    }
    Optional<NodeId> encoding = types.encodingOf(dataType);
    if (encoding.isEmpty()) {
      encoding = encoding(dataType);
    }
    return StructureEncoder.of(
        types,
        dataType,
        encoding.orElseThrow(
            () -> new LineException("the server has no binary encoding of its type")));
  }

  /** Servers before version 1.04 have the encoding as a node only. */
  private Optional<NodeId> encoding(NodeId dataType)
      throws ProtocolException, InterruptedException {
    for (ReferenceDescription reference :
        references(dataType, NodeIds.HasEncoding, BrowseDirection.Forward)) {
      if ("Default Binary".equals(reference.getBrowseName().name())) {
        return reference.getNodeId().toNodeId(session.namespaces());
      }
    }
    return Optional.empty();
  }

  /** The built-in type that values of a data type have; empty when it is abstract. */
  private Optional<OpcUaDataType> builtin(NodeId dataType, int depth)
      throws ProtocolException, InterruptedException {
    if (dataType.getNamespaceIndex().intValue() == 0
        && dataType.getIdentifier() instanceof UInteger number) {
      int id = number.intValue();
      if (id == ENUMERATION) {
        return Optional.of(OpcUaDataType.Int32);
      } else if (id == STRUCTURE) {
        return Optional.of(OpcUaDataType.ExtensionObject);
      } else if (id == BASE_DATA_TYPE || (id >= NUMBER && id <= UINTEGER)) {
        return Optional.empty();
      } else if (OpcUaDataType.isBuiltin(dataType)) {
        return Optional.of(OpcUaDataType.fromNodeId(dataType));
      }
    }
    Optional<OpcUaDataType> known = builtins.get(dataType);
    if (known != null || depth > MAX_DEPTH) {
      return known == null ? Optional.empty() : known;
    }
    Optional<NodeId> supertype =
        reference(dataType, NodeIds.HasSubtype, BrowseDirection.Inverse).stream().findFirst();
    Optional<OpcUaDataType> found =
        supertype.isPresent() ? builtin(supertype.get(), depth + 1) : Optional.empty();
    builtins.put(dataType, found);
    return found;
  }

  private Optional<OpcUaDataType> ofValue(NodeId node)
      throws ProtocolException, InterruptedException {
    Object value = presentElements(node);
    Class<?> type =
        value == null
            ? null
            : value.getClass().isArray() ? value.getClass().getComponentType() : value.getClass();
    if (type != null && ExtensionObject.class.isAssignableFrom(type)) {
      return Optional.of(OpcUaDataType.ExtensionObject);
    }
    return type != null && OpcUaDataType.isBuiltin(type)
        ? Optional.of(OpcUaDataType.fromBackingClass(type))
        : Optional.empty();
  }

  /** The value of a node; an array for a matrix. */
  private Object presentElements(NodeId node) throws ProtocolException, InterruptedException {
    Object value = read(node, AttributeId.Value).get(0).value().value();
    return value instanceof Matrix matrix ? matrix.getElements() : value;
  }

  private NodeTarget method(NodeId node, DataValue executable)
      throws ProtocolException, InterruptedException {
    if (Boolean.FALSE.equals(executable.value().value())) {
      return NodeTarget.refused(
          node,
          "the server does not let the user call the method (UserExecutable); grant the right at"
              + " the server");
    }
    List<NodeId> objects = reference(node, NodeIds.HasComponent, BrowseDirection.Inverse);
    if (objects.isEmpty()) {
      return NodeTarget.refused(node, "the server does not say which object the method is of");
    }
    List<NodeForm> arguments = new ArrayList<>();
    List<Argument> described;
    try {
      described = inputArguments(node);
    } catch (RuntimeException e) {
      // A truncated body fails with whatever the decoder meets first.
      return NodeTarget.refused(
          node, "the server's description of the arguments of the method cannot be read: " + e);
    }
    for (Argument argument : described) {
      int rank = argument.getValueRank() == null ? -1 : argument.getValueRank();
      try {
        arguments.add(form(argument.getDataType(), rank, null));
      } catch (LineException e) {
        return NodeTarget.refused(
            node,
            "argument '"
                + argument.getName()
                + "' of the method cannot be sent: "
                + e.getMessage());
      }
    }
    return new NodeTarget(
        node,
        null,
        objects.get(0),
        arguments,
        WriteTarget.ofArguments(arguments.stream().map(NodeForm::target).toList()));
  }

  private List<Argument> inputArguments(NodeId method)
      throws ProtocolException, InterruptedException {
    for (ReferenceDescription property :
        references(method, NodeIds.HasProperty, BrowseDirection.Forward)) {
      Optional<NodeId> id = property.getNodeId().toNodeId(session.namespaces());
      if ("InputArguments".equals(property.getBrowseName().name()) && id.isPresent()) {
        List<Argument> arguments = new ArrayList<>();
        if (read(id.get(), AttributeId.Value).get(0).value().value()
            instanceof ExtensionObject[] objects) {
          for (ExtensionObject object : objects) {
            arguments.add((Argument) object.decode(session.services().getStaticEncodingContext()));
          }
        }
        return arguments;
      }
    }
    return List.of();
  }

  private List<NodeId> reference(NodeId node, NodeId type, BrowseDirection direction)
      throws ProtocolException, InterruptedException {
    List<NodeId> found = new ArrayList<>();
    for (ReferenceDescription reference : references(node, type, direction)) {
      reference.getNodeId().toNodeId(session.namespaces()).ifPresent(found::add);
    }
    return found;
  }

  private ReferenceDescription[] references(NodeId node, NodeId type, BrowseDirection direction)
      throws ProtocolException, InterruptedException {
    List<BrowseResult> results =
        session.await(
            session
                .services()
                .browseAsync(
                    List.of(
                        new BrowseDescription(
                            node,
                            direction,
                            type,
                            true,
                            UInteger.valueOf(0),
                            UInteger.valueOf(BrowseResultMask.All.getValue())))));
    ReferenceDescription[] references = results.isEmpty() ? null : results.get(0).getReferences();
    return references == null ? new ReferenceDescription[0] : references;
  }

  private List<DataValue> read(NodeId node, AttributeId... attributes)
      throws ProtocolException, InterruptedException {
    List<ReadValueId> requests = new ArrayList<>();
    for (AttributeId attribute : attributes) {
      requests.add(new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE));
    }
    DataValue[] answer =
        session
            .await(session.services().readAsync(0, TimestampsToReturn.Neither, requests))
            .getResults();
    List<DataValue> values = new ArrayList<>();
    for (int i = 0; i < attributes.length; i++) {
      values.add(
          answer != null && i < answer.length && answer[i] != null
              ? answer[i]
              : new DataValue(org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode.BAD));
    }
    return values;
  }
}
