// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.milo.opcua.sdk.core.types.DynamicOptionSetType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicUnionType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicUnionType.UnionValue;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * The nodes of the plant, below {@code /Objects}: {@code Press1} and {@code Press2}, {@code
 * Scalars}, {@code Arrays}, {@code Structures}, {@code Areas} (with a second way to the presses and
 * a way back up), {@code Counters} (see {@link Counters}).
 */
final class PlantModel {
  /** A time with a fraction that milliseconds cannot hold. */
  static final DateTime TIME = new DateTime(Instant.parse("2024-02-29T12:34:56.123456700Z"));

  static final UUID GUID = UUID.fromString("72962b91-fa75-4ae6-8d28-b404dc7daf63");

  private final PlantNodes nodes;
  private final PlantTypes types;

  PlantModel(PlantNodes nodes, PlantTypes types) {
    this.nodes = nodes;
    this.types = types;
  }

  void build() {
    types.register();
    press("Press1");
    press("Press2");
    scalars();
    arrays();
    structures();
    areas();
  }

  private void press(String press) {
    nodes.object(press);
    nodes.analog(
        press + ".Temperature", NodeIds.Double, 21.5, new Range(0.0, 250.0), "°C", 4408652);
    nodes.analog(press + ".Pressure", NodeIds.Float, 1.5f, new Range(0.0, 16.0), "bar", 4342098);
    nodes.variable(press + ".Running", NodeIds.Boolean, true);
    nodes.variable(press + ".State", types.id(PlantTypes.STATE), 1);
    nodes.variable(press + ".PartCount", NodeIds.UInt32, uint(42));
    UaVariableNode mode =
        nodes.variable(
            press + ".Mode", NodeIds.Byte, NodeIds.MultiStateValueDiscreteType, ubyte(4));
    nodes.property(
        mode,
        "EnumValues",
        NodeIds.EnumValueType,
        new ExtensionObject[] {
          nodes.encoded(value(2, "Manual")), nodes.encoded(value(4, "Automatic"))
        });
    UaVariableNode door =
        nodes.variable(press + ".Door", NodeIds.UInteger, NodeIds.MultiStateDiscreteType, uint(1));
    nodes.property(
        door,
        "EnumStrings",
        NodeIds.LocalizedText,
        new LocalizedText[] {LocalizedText.english("Open"), LocalizedText.english("Closed")});
    nodes.variable(
        press + ".Recipe",
        types.id(PlantTypes.RECIPE),
        types.encoded(
            types.recipe(
                7,
                "Lid",
                types.step("heat", 1.5, 1, 20.5f, 80f),
                types.step("press", 0.25, 0, 1f))));
  }

  private static EnumValueType value(long value, String text) {
    return new EnumValueType(value, LocalizedText.english(text), LocalizedText.NULL_VALUE);
  }

  private void scalars() {
    nodes.folder("Scalars");
    scalar("Boolean", NodeIds.Boolean, true);
    scalar("SByte", NodeIds.SByte, Byte.MIN_VALUE);
    scalar("Byte", NodeIds.Byte, ubyte(255));
    scalar("Int16", NodeIds.Int16, Short.MIN_VALUE);
    scalar("UInt16", NodeIds.UInt16, ushort(65_535));
    scalar("Int32", NodeIds.Int32, Integer.MIN_VALUE);
    scalar("UInt32", NodeIds.UInt32, uint(UInteger.MAX_VALUE));
    scalar("Int64", NodeIds.Int64, Long.MIN_VALUE);
    scalar("UInt64", NodeIds.UInt64, ulong(-1L));
    scalar("Float", NodeIds.Float, 3.25f);
    scalar("Double", NodeIds.Double, Math.PI);
    scalar("NaN", NodeIds.Double, Double.NaN);
    scalar("String", NodeIds.String, "Grüße, 世界");
    scalar("DateTime", NodeIds.DateTime, TIME);
    scalar("Guid", NodeIds.Guid, GUID);
    scalar("ByteString", NodeIds.ByteString, bytes(0, 1, -1));
    scalar("XmlElement", NodeIds.XmlElement, XmlElement.of("<a b=\"1\">c</a>"));
    scalar("NodeId", NodeIds.NodeId, nodes.id("Press1.Temperature"));
    scalar("ExpandedNodeId", NodeIds.ExpandedNodeId, ExpandedNodeId.of("urn:elsewhere", "x"));
    scalar("StatusCode", NodeIds.StatusCode, new StatusCode(StatusCodes.Bad_NodeIdUnknown));
    scalar("QualifiedName", NodeIds.QualifiedName, new QualifiedName(1, "name"));
    scalar("LocalizedText", NodeIds.LocalizedText, new LocalizedText("de", "Presse"));
    scalar("Duration", NodeIds.Duration, 1500.5);
    scalar("UtcTime", NodeIds.UtcTime, TIME);
    scalar("Number", NodeIds.Number, 5);
    scalar("Variant", NodeIds.BaseDataType, "whatever");
    scalar("Null", NodeIds.Int32, null);
    scalar(
        "ExtensionObject",
        NodeIds.Argument,
        nodes.encoded(
            new Argument("in", NodeIds.Int32, -1, null, LocalizedText.english("an argument"))));
  }

  private void scalar(String name, NodeId type, Object value) {
    nodes.variable("Scalars." + name, type, value);
  }

  private void arrays() {
    nodes.folder("Arrays");
    array("Boolean", NodeIds.Boolean, new Boolean[] {true, false});
    array("SByte", NodeIds.SByte, new Byte[] {-1, 0, 1});
    array(
        "Byte",
        NodeIds.Byte,
        new org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte[] {
          ubyte(0), ubyte(255)
        });
    array("Int16", NodeIds.Int16, new Short[] {-1, 0, 1});
    array("Int32", NodeIds.Int32, new Integer[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    array("UInt32", NodeIds.UInt32, new UInteger[] {uint(0), uint(UInteger.MAX_VALUE)});
    array("Int64", NodeIds.Int64, new Long[] {Long.MIN_VALUE, Long.MAX_VALUE});
    array("Float", NodeIds.Float, new Float[] {0.5f, Float.NaN});
    array("Double", NodeIds.Double, new Double[] {0.5, Double.NEGATIVE_INFINITY});
    array("String", NodeIds.String, new String[] {"a", null, ""});
    array("DateTime", NodeIds.DateTime, new DateTime[] {TIME});
    array("Guid", NodeIds.Guid, new UUID[] {GUID});
    array("ByteString", NodeIds.ByteString, new ByteString[] {bytes(1, 2), bytes()});
    array("LocalizedText", NodeIds.LocalizedText, new LocalizedText[] {LocalizedText.english("a")});
    array("Variant", NodeIds.BaseDataType, new Variant[] {Variant.of(1), Variant.of("b")});
    array("Empty", NodeIds.Int32, new Integer[0]);
    array("Matrix", NodeIds.Int32, Matrix.ofInt32(new Integer[][] {{1, 2, 3}, {4, 5, 6}}));
    array(
        "Cube",
        NodeIds.Double,
        Matrix.ofDouble(new Double[][][] {{{1.0, 2.0}, {3.0, 4.0}}, {{5.0, 6.0}, {7.0, 8.0}}}));
  }

  private void array(String name, NodeId type, Object value) {
    nodes.variable("Arrays." + name, type, value);
  }

  private void structures() {
    nodes.folder("Structures");
    nodes.variable(
        "Structures.Recipes",
        types.id(PlantTypes.RECIPE),
        new ExtensionObject[] {
          types.encoded(types.recipe(1, "A", types.step("one", 1, 1, 1f))),
          types.encoded(types.recipe(2, "B", types.step("two", 2, 2)))
        });
    nodes.variable(
        "Structures.Note",
        types.id(PlantTypes.NOTE),
        types.encoded(types.note(Map.of("id", 1, "text", "only the text"))));
    nodes.variable(
        "Structures.Reading",
        types.id(PlantTypes.READING),
        types.encoded(
            DynamicUnionType.newInstance(
                types.type(PlantTypes.READING), new UnionValue("number", 2.5))));
    nodes.variable(
        "Structures.Signals",
        types.id(PlantTypes.SIGNALS),
        types.encoded(
            DynamicOptionSetType.newInstance(
                types.type(PlantTypes.SIGNALS), bytes(0b101), bytes(0b111))));
    nodes.variable("Structures.States", types.id(PlantTypes.STATE), new Integer[] {0, 2, 1});
  }

  private void areas() {
    UaFolderNode areas = nodes.folder("Areas");
    UaFolderNode hall = nodes.folder("Areas.Hall1");
    hall.addReference(reference(hall.getNodeId(), nodes.id("Press1")));
    hall.addReference(reference(hall.getNodeId(), nodes.id("Press2")));
    hall.addReference(reference(hall.getNodeId(), areas.getNodeId()));
  }

  private static org.eclipse.milo.opcua.sdk.core.Reference reference(NodeId from, NodeId to) {
    return new org.eclipse.milo.opcua.sdk.core.Reference(
        from,
        NodeIds.Organizes,
        to.expanded(),
        org.eclipse.milo.opcua.sdk.core.Reference.Direction.FORWARD);
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.of(bytes);
  }

  /** Good, at a time. */
  static DataValue good(Object value, DateTime time) {
    return new DataValue(Variant.of(value), StatusCode.GOOD, time, DateTime.now());
  }
}
