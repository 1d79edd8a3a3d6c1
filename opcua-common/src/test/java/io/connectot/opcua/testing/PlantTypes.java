// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.types.DynamicEnumType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.sdk.core.types.codec.DynamicCodecFactory;
import org.eclipse.milo.opcua.sdk.core.typetree.DataType;
import org.eclipse.milo.opcua.sdk.core.typetree.DataTypeTree;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.model.objects.DataTypeEncodingTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataTypeDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/**
 * Data types that only this server knows, described by DataTypeDefinition attributes (OPC UA Part 3
 * §8.48): an enumeration, a structure with arrays of structures, one with optional fields, a union,
 * an option set. Used while the server starts.
 */
final class PlantTypes {
  static final String STATE = "PressState";
  static final String STEP = "Step";
  static final String RECIPE = "Recipe";
  static final String NOTE = "Note";
  static final String READING = "Reading";
  static final String SIGNALS = "Signals";

  private final PlantNodes nodes;
  private final OpcUaServer server;

  PlantTypes(PlantNodes nodes, OpcUaServer server) {
    this.nodes = nodes;
    this.server = server;
  }

  void register() {
    UaDataTypeNode state =
        define(STATE, NodeIds.Enumeration, enumeration("Stopped", "Running", "Fault"));
    state.setEnumStrings(
        new LocalizedText[] {
          LocalizedText.english("Stopped"),
          LocalizedText.english("Running"),
          LocalizedText.english("Fault")
        });
    define(
        STEP,
        NodeIds.Structure,
        structure(
            STEP,
            StructureType.Structure,
            field("name", NodeIds.String, -1, false),
            field("duration", NodeIds.Double, -1, false),
            field("setpoints", NodeIds.Float, 1, false),
            field("state", id(STATE), -1, false)));
    define(
        RECIPE,
        NodeIds.Structure,
        structure(
            RECIPE,
            StructureType.Structure,
            field("id", NodeIds.UInt32, -1, false),
            field("name", NodeIds.String, -1, false),
            field("active", NodeIds.Boolean, -1, false),
            field("limits", NodeIds.Int32, 1, false),
            field("steps", id(STEP), 1, false),
            field("first", id(STEP), -1, false)));
    define(
        NOTE,
        NodeIds.Structure,
        structure(
            NOTE,
            StructureType.StructureWithOptionalFields,
            field("id", NodeIds.Int32, -1, false),
            field("text", NodeIds.String, -1, true),
            field("weight", NodeIds.Double, -1, true)));
    define(
        READING,
        NodeIds.Union,
        structure(
            READING,
            StructureType.Union,
            field("number", NodeIds.Double, -1, false),
            field("text", NodeIds.String, -1, false)));
    define(SIGNALS, NodeIds.OptionSet, enumeration("Door", "Light", "Oil"));
    DataTypeTree tree = server.updateDataTypeTree();
    for (String name : new String[] {STEP, RECIPE, NOTE, READING, SIGNALS}) {
      server
          .getDynamicDataTypeManager()
          .registerType(
              id(name),
              DynamicCodecFactory.create(type(name, tree), tree),
              encodingId(name),
              null,
              null);
    }
  }

  NodeId id(String name) {
    return nodes.id("Types." + name);
  }

  DataType type(String name) {
    return type(name, server.getDataTypeTree());
  }

  ExtensionObject encoded(UaStructuredType value) {
    return ExtensionObject.encode(server.getDynamicEncodingContext(), value);
  }

  DynamicStructType step(String name, double duration, int state, Float... setpoints) {
    LinkedHashMap<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    members.put("duration", duration);
    members.put("setpoints", setpoints);
    members.put("state", DynamicEnumType.newInstance(type(STATE), state));
    return new DynamicStructType(type(STEP), members);
  }

  DynamicStructType recipe(int id, String name, DynamicStructType... steps) {
    LinkedHashMap<String, Object> members = new LinkedHashMap<>();
    members.put("id", uint(id));
    members.put("name", name);
    members.put("active", true);
    members.put("limits", new Integer[] {1, -2, 3});
    members.put("steps", steps);
    members.put("first", steps[0]);
    return new DynamicStructType(type(RECIPE), members);
  }

  DynamicStructType note(Map<String, Object> members) {
    return new DynamicStructType(type(NOTE), new LinkedHashMap<>(members));
  }

  private DataType type(String name, DataTypeTree tree) {
    DataType type = tree.getDataType(id(name));
    if (type == null) {
      throw new IllegalStateException("no data type " + name);
    }
    return type;
  }

  private NodeId encodingId(String name) {
    return nodes.id("Types." + name + ".Binary");
  }

  private UaDataTypeNode define(String name, NodeId base, DataTypeDefinition definition) {
    UaDataTypeNode node =
        new UaDataTypeNode(
            nodes.context(),
            id(name),
            nodes.name(name),
            LocalizedText.english(name),
            LocalizedText.NULL_VALUE,
            uint(0),
            uint(0),
            false);
    node.addReference(
        new Reference(
            node.getNodeId(), NodeIds.HasSubtype, base.expanded(), Reference.Direction.INVERSE));
    nodes.context().getNodeManager().addNode(node);
    if (!base.equals(NodeIds.Enumeration)) {
      encoding(name);
    }
    node.setDataTypeDefinition(definition);
    return node;
  }

  private void encoding(String name) {
    DataTypeEncodingTypeNode node =
        new DataTypeEncodingTypeNode(
            nodes.context(),
            encodingId(name),
            new QualifiedName(0, "Default Binary"),
            LocalizedText.english("Default Binary"),
            LocalizedText.NULL_VALUE,
            uint(0),
            uint(0),
            null,
            null,
            null);
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.HasTypeDefinition,
            NodeIds.DataTypeEncodingType.expanded(),
            Reference.Direction.FORWARD));
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.HasEncoding,
            id(name).expanded(),
            Reference.Direction.INVERSE));
    nodes.context().getNodeManager().addNode(node);
  }

  private StructureDefinition structure(String name, StructureType kind, StructureField... fields) {
    NodeId base = kind == StructureType.Union ? NodeIds.Union : NodeIds.Structure;
    return new StructureDefinition(encodingId(name), base, kind, fields);
  }

  private static StructureField field(String name, NodeId type, int rank, boolean optional) {
    return new StructureField(name, LocalizedText.NULL_VALUE, type, rank, null, uint(0), optional);
  }

  private static EnumDefinition enumeration(String... names) {
    EnumField[] fields = new EnumField[names.length];
    Arrays.setAll(
        fields,
        value ->
            new EnumField(
                (long) value,
                LocalizedText.english(names[value]),
                LocalizedText.NULL_VALUE,
                names[value]));
    return new EnumDefinition(fields);
  }
}
