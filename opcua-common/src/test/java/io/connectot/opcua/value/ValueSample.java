// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * Values of the built-in types and what becomes of them.
 *
 * @param raw as the library has it
 * @param type of the tag
 */
record ValueSample(String name, Object raw, ValueType type, Value value) {
  private static final Instant INSTANT = Instant.parse("2024-02-29T12:34:56.123456700Z");
  private static final UUID GUID = UUID.fromString("72962b91-fa75-4ae6-8d28-b404dc7daf63");

  static List<ValueSample> all() {
    return List.of(
        of(OpcUaDataType.Boolean, true, BooleanValue.TRUE),
        of(OpcUaDataType.SByte, Byte.MIN_VALUE, number(-128)),
        of(OpcUaDataType.Byte, ubyte(255), number(255)),
        of(OpcUaDataType.Int16, Short.MIN_VALUE, number(-32_768)),
        of(OpcUaDataType.UInt16, ushort(65_535), number(65_535)),
        of(OpcUaDataType.Int32, Integer.MIN_VALUE, number(Integer.MIN_VALUE)),
        of(OpcUaDataType.UInt32, uint(UInteger.MAX_VALUE), number(4_294_967_295L)),
        of(OpcUaDataType.Int64, Long.MIN_VALUE, number(Long.MIN_VALUE)),
        of(OpcUaDataType.UInt64, ulong(Long.MAX_VALUE), number(Long.MAX_VALUE)),
        of(
            OpcUaDataType.UInt64,
            ulong(new BigInteger("18446744073709551615")),
            new BigValue(new BigInteger("18446744073709551615"))),
        of(OpcUaDataType.Float, 0.1f, new DoubleValue(0.1)),
        of(OpcUaDataType.Double, Math.PI, new DoubleValue(Math.PI)),
        of(OpcUaDataType.Double, Double.NaN, new DoubleValue(Double.NaN)),
        of(OpcUaDataType.String, "Grüße, 世界", text("Grüße, 世界")),
        of(OpcUaDataType.DateTime, new DateTime(INSTANT), new InstantValue(INSTANT)),
        of(
            OpcUaDataType.DateTime,
            new DateTime(0),
            new InstantValue(Instant.parse("1601-01-01T00:00:00Z"))),
        of(
            OpcUaDataType.DateTime,
            new DateTime(Long.MAX_VALUE),
            new InstantValue(Instant.parse("9999-12-31T23:59:59Z"))),
        of(OpcUaDataType.Guid, GUID, text(GUID.toString())),
        of(
            OpcUaDataType.ByteString,
            ByteString.of(new byte[] {0, 1, -1}),
            new BytesValue(new byte[] {0, 1, -1})),
        of(OpcUaDataType.XmlElement, XmlElement.of("<a/>"), text("<a/>")),
        of(OpcUaDataType.NodeId, new NodeId(0, 2258), text("i=2258")),
        of(OpcUaDataType.NodeId, new NodeId(1, "Press;1"), text("nsu=urn:plant;s=Press;1")),
        of(OpcUaDataType.NodeId, new NodeId(1, GUID), text("nsu=urn:plant;g=" + GUID)),
        of(
            OpcUaDataType.NodeId,
            new NodeId(9, ByteString.of(new byte[] {1, 2, 3})),
            text("ns=9;b=AQID")),
        of(
            OpcUaDataType.ExpandedNodeId,
            ExpandedNodeId.of("urn:elsewhere", "x"),
            text("nsu=urn:elsewhere;s=x")),
        of(
            OpcUaDataType.StatusCode,
            new StatusCode(StatusCodes.Bad_NodeIdUnknown),
            text("0x80340000 Bad_NodeIdUnknown")),
        of(OpcUaDataType.QualifiedName, new QualifiedName(1, "name"), text("nsu=urn:plant;name")),
        of(OpcUaDataType.LocalizedText, new LocalizedText("de", "Presse"), text("Presse")),
        json("bytes", new Byte[] {-1, 1}, array(ValueType.INT8, number(-1), number(1))),
        json("numbers", new Integer[] {1, 2}, array(ValueType.INT32, number(1), number(2))),
        json("empty", new Integer[0], array(ValueType.INT32)),
        json(
            "texts",
            new String[] {"a", null, ""},
            array(ValueType.STRING, text("a"), NullValue.NULL, text(""))),
        json(
            "singles",
            new Float[] {0.1f, Float.NEGATIVE_INFINITY},
            array(
                ValueType.FLOAT32,
                new DoubleValue(0.1),
                new DoubleValue(Double.NEGATIVE_INFINITY))),
        json(
            "variants",
            new Variant[] {Variant.of(1), Variant.of("b"), Variant.ofNull()},
            array(ValueType.JSON, number(1), text("b"), NullValue.NULL)),
        json(
            "matrix",
            Matrix.ofInt32(new Integer[][] {{1, 2, 3}, {4, 5, 6}}),
            array(
                ValueType.JSON,
                array(ValueType.INT32, number(1), number(2), number(3)),
                array(ValueType.INT32, number(4), number(5), number(6)))));
  }

  private static ValueSample of(OpcUaDataType type, Object raw, Value value) {
    return new ValueSample(type + " " + value, raw, BuiltinTypes.valueType(type), value);
  }

  private static ValueSample json(String name, Object raw, Value value) {
    return new ValueSample(name, raw, ValueType.JSON, value);
  }

  static LongValue number(long number) {
    return new LongValue(number);
  }

  static TextValue text(String text) {
    return new TextValue(text);
  }

  static ArrayValue array(ValueType type, Value... elements) {
    return new ArrayValue(type, List.of(elements));
  }

  @Override
  public String toString() {
    return name;
  }
}
