// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * Makes nodes of the plant. A node's string identifier is the way to it: {@code Press1.Temperature}
 * is a child of {@code Press1}. Called while the server starts or under the namespace's lock.
 */
final class PlantNodes {
  private final UaNodeContext context;
  private final int namespace;
  private final boolean history;

  PlantNodes(UaNodeContext context, int namespace, boolean history) {
    this.context = context;
    this.namespace = namespace;
    this.history = history;
  }

  NodeId id(String node) {
    return new NodeId(namespace, node);
  }

  QualifiedName name(String node) {
    return new QualifiedName(namespace, node.substring(node.lastIndexOf('.') + 1));
  }

  UaNodeContext context() {
    return context;
  }

  /** A folder below the one that its identifier names, or below Objects. */
  UaFolderNode folder(String node) {
    UaFolderNode folder =
        new UaFolderNode(context, id(node), name(node), LocalizedText.english(name(node).name()));
    context.getNodeManager().addNode(folder);
    attach(node, folder, NodeIds.Organizes);
    return folder;
  }

  /** An object below the node that its identifier names. */
  UaObjectNode object(String node) {
    UaObjectNode object =
        new UaObjectNode(
            context,
            id(node),
            name(node),
            LocalizedText.english(name(node).name()),
            LocalizedText.NULL_VALUE,
            uint(0),
            uint(0));
    object.addReference(
        new Reference(
            object.getNodeId(),
            NodeIds.HasTypeDefinition,
            NodeIds.BaseObjectType.expanded(),
            Reference.Direction.FORWARD));
    context.getNodeManager().addNode(object);
    attach(node, object, NodeIds.HasComponent);
    return object;
  }

  /** A scalar, an array or a matrix, by the class of its value. */
  UaVariableNode variable(String node, NodeId dataType, Object value) {
    return variable(node, dataType, NodeIds.BaseDataVariableType, value);
  }

  /** A variable with EURange and EngineeringUnits. */
  UaVariableNode analog(
      String node, NodeId dataType, Object value, Range range, String unit, int unitCode) {
    UaVariableNode variable = variable(node, dataType, NodeIds.AnalogItemType, value);
    property(variable, "EURange", NodeIds.Range, encoded(range));
    property(
        variable,
        "EngineeringUnits",
        NodeIds.EUInformation,
        encoded(
            new EUInformation(
                "http://www.opcfoundation.org/UA/units/un/cefact",
                unitCode,
                LocalizedText.english(unit),
                LocalizedText.NULL_VALUE)));
    return variable;
  }

  UaVariableNode variable(String node, NodeId dataType, NodeId type, Object value) {
    Set<AccessLevel> access = EnumSet.of(AccessLevel.CurrentRead, AccessLevel.CurrentWrite);
    if (history) {
      access.add(AccessLevel.HistoryRead);
    }
    int[] dimensions = dimensions(value);
    UaVariableNode variable =
        new UaVariableNode.UaVariableNodeBuilder(context)
            .setNodeId(id(node))
            .setBrowseName(name(node))
            .setDisplayName(LocalizedText.english(name(node).name()))
            .setDescription(LocalizedText.english("The " + name(node).name()))
            .setDataType(dataType)
            .setTypeDefinition(type)
            .setValueRank(dimensions.length == 0 ? -1 : dimensions.length)
            .setArrayDimensions(
                dimensions.length == 0
                    ? null
                    : Arrays.stream(dimensions)
                        .mapToObj(size -> uint(dimensions.length == 1 ? 0 : size))
                        .toArray(UInteger[]::new))
            .setAccessLevel(access)
            .setUserAccessLevel(access)
            .setHistorizing(history)
            .setValue(
                new DataValue(Variant.of(value), StatusCode.GOOD, DateTime.now(), DateTime.now()))
            .buildAndAdd();
    attach(node, variable, NodeIds.HasComponent);
    return variable;
  }

  /** A property of namespace 0. */
  void property(UaVariableNode owner, String name, NodeId dataType, Object value) {
    UaVariableNode property =
        new UaVariableNode.UaVariableNodeBuilder(context)
            .setNodeId(id(owner.getNodeId().getIdentifier() + "." + name))
            .setBrowseName(new QualifiedName(0, name))
            .setDisplayName(LocalizedText.english(name))
            .setDataType(dataType)
            .setTypeDefinition(NodeIds.PropertyType)
            .setValueRank(dimensions(value).length == 0 ? -1 : 1)
            .setAccessLevel(AccessLevel.READ_ONLY)
            .setUserAccessLevel(AccessLevel.READ_ONLY)
            .setValue(new DataValue(Variant.of(value)))
            .buildAndAdd();
    owner.addReference(
        new Reference(
            owner.getNodeId(),
            NodeIds.HasProperty,
            property.getNodeId().expanded(),
            Reference.Direction.FORWARD));
  }

  ExtensionObject encoded(org.eclipse.milo.opcua.stack.core.types.UaStructuredType structure) {
    return ExtensionObject.encode(context.getServer().getStaticEncodingContext(), structure);
  }

  private void attach(String node, UaNode child, NodeId referenceType) {
    int dot = node.lastIndexOf('.');
    NodeId parent = dot < 0 ? NodeIds.ObjectsFolder : id(node.substring(0, dot));
    // The inverse reference lets namespace 0 know of the child of its folder.
    child.addReference(
        new Reference(
            child.getNodeId(),
            dot < 0 ? NodeIds.Organizes : referenceType,
            parent.expanded(),
            Reference.Direction.INVERSE));
  }

  private static int[] dimensions(Object value) {
    if (value instanceof org.eclipse.milo.opcua.stack.core.types.builtin.Matrix matrix) {
      return matrix.getDimensions();
    }
    return value != null && value.getClass().isArray()
        ? new int[] {java.lang.reflect.Array.getLength(value)}
        : new int[0];
  }
}
