// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static io.connectot.opcua.value.FakeTypes.encoding;
import static io.connectot.opcua.value.FakeTypes.field;
import static io.connectot.opcua.value.FakeTypes.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.value.type.StandardTypes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StructureDecoderTest {
  private final FakeTypes server = new FakeTypes();
  private final DataTypes types = server.dataTypes(ValueFixtures.settings());
  private final NodeValueDecoder reader =
      new ValueDecoder(types)
          .forNode(
              new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.JSON)),
              NodeIds.Structure);

  @AfterEach
  void close() {
    types.close();
  }

  @Test
  void readsMatricesTextsAndNullsInsideOfStructures() {
    server.structure(
        "S",
        StructureType.Structure,
        field("matrix", NodeIds.Int16, 2, false),
        field("text", NodeIds.String, -1, false),
        field("single", NodeIds.Float, -1, false),
        field("list", NodeIds.String, 1, false));
    StructValue value =
        read(
            "S",
            out -> {
              out.writeIntLE(2).writeIntLE(2).writeIntLE(1).writeShortLE(5).writeShortLE(6);
              out.writeIntLE(-1).writeFloatLE(0.1f).writeIntLE(-1);
            });
    ArrayValue matrix = (ArrayValue) value.fields().get("matrix");
    assertThat(matrix.elements())
        .containsExactly(
            ValueSample.array(ValueType.INT16, ValueSample.number(5)),
            ValueSample.array(ValueType.INT16, ValueSample.number(6)));
    assertThat(value.fields().get("text")).isEqualTo(NullValue.NULL);
    assertThat(value.fields().get("single")).isEqualTo(new DoubleValue(0.1));
    assertThat(value.fields().get("list")).isEqualTo(NullValue.NULL);
  }

  @Test
  void readsEnumerationsBitFieldsAndTypesDerivedFromBuiltinOnes() {
    server.define("Mode", StandardTypes.ENUMERATION, false, FakeTypes.enumeration("Off", "On"));
    server.define("Bits", NodeIds.UInt16, false, FakeTypes.enumeration("Hot", "Wet", "Loud"));
    server.define("Metre", NodeIds.Double, false, null);
    server.structure(
        "S",
        StructureType.Structure,
        field("mode", type("Mode"), -1, false),
        field("modes", type("Mode"), 1, false),
        field("bits", type("Bits"), -1, false),
        field("length", type("Metre"), -1, false));
    StructValue value =
        read(
            "S",
            out -> {
              out.writeIntLE(1).writeIntLE(2).writeIntLE(0).writeIntLE(9);
              out.writeShortLE(5).writeDoubleLE(2.5);
            });
    assertThat(value.fields().get("mode")).isEqualTo(new TextValue("On_1"));
    assertThat(((ArrayValue) value.fields().get("modes")).elements())
        .containsExactly(new TextValue("Off_0"), new LongValue(9));
    assertThat(value.fields().get("bits")).isEqualTo(new TextValue("Hot|Loud_5"));
    assertThat(value.fields().get("length")).isEqualTo(new DoubleValue(2.5));
  }

  @Test
  void readsFieldsThatSayThemselvesOfWhichTypeTheyAre() {
    server.structure("Point", StructureType.Structure, field("x", NodeIds.Int32, -1, false));
    server.define("Shape", StandardTypes.STRUCTURE, true, null);
    server.structure(
        "S",
        StructureType.StructureWithSubtypedValues,
        field("any", NodeIds.BaseDataType, -1, false),
        field("number", NodeIds.Number, -1, true),
        field("shape", type("Point"), -1, true),
        field("base", type("Shape"), -1, false));
    ExtensionObject point = object("Point", out -> out.writeIntLE(7));
    StructValue value =
        read(
            "S",
            out -> {
              OpcUaBinaryEncoder encoder = encoder(out);
              encoder.encodeVariant(Variant.of("a"));
              encoder.encodeVariant(Variant.of(1.5));
              encoder.encodeExtensionObject(point);
              encoder.encodeExtensionObject(point);
            });
    assertThat(value.fields().get("any")).isEqualTo(new TextValue("a"));
    assertThat(value.fields().get("number")).isEqualTo(new DoubleValue(1.5));
    assertThat(((StructValue) value.fields().get("shape")).fields().get("x"))
        .isEqualTo(new LongValue(7));
    assertThat(value.fields().get("base")).isEqualTo(value.fields().get("shape"));
  }

  @Test
  void tellsWhichTypeTheServerDoesNotKnow() {
    Measurement measurement =
        ValueFixtures.read(reader, object("Nothing", out -> out.writeIntLE(1)));
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(((StructValue) measurement.value()).fields())
        .containsEntry("type_id", new TextValue("nsu=urn:plant;s=Nothing.Binary"))
        .containsEntry("body", new TextValue("AQAAAA=="));
    assertThat(measurement.status())
        .isEqualTo(
            "0x80070000 Bad_DecodingError: the server has no data type with encoding"
                + " nsu=urn:plant;s=Nothing.Binary");
    int asked = server.asked.size();
    ValueFixtures.read(reader, object("Nothing", out -> out.writeIntLE(1)));
    assertThat(server.asked).hasSize(asked);
  }

  @Test
  void tellsWhenTheDefinitionCannotBeRead() {
    server.broken = true;
    Measurement measurement = ValueFixtures.read(reader, object("S", out -> out.writeIntLE(1)));
    assertThat(measurement.status()).contains("nsu=urn:plant;s=S.Binary could not be read in time");
    server.broken = false;
    server.structure("S", StructureType.Structure, field("x", NodeIds.Int32, -1, false));
    types.forget();
    assertThat(read("S", out -> out.writeIntLE(1)).fields()).hasSize(1);
  }

  @Test
  void followsADefinitionThatChanged() {
    server.structure("S", StructureType.Structure, field("x", NodeIds.Int32, -1, false));
    assertThat(read("S", out -> out.writeIntLE(1)).fields()).hasSize(1);
    server.structure(
        "S",
        StructureType.Structure,
        field("x", NodeIds.Int32, -1, false),
        field("y", NodeIds.Int32, -1, false));
    Measurement stale =
        ValueFixtures.read(reader, object("S", out -> out.writeIntLE(1).writeIntLE(2)));
    assertThat(stale.status()).contains("structure S is 4 bytes longer than the server defines");
    types.forget();
    assertThat(read("S", out -> out.writeIntLE(1).writeIntLE(2)).fields()).hasSize(2);
  }

  @Test
  void keepsTheOtherElementsOfAnArray() {
    server.structure("S", StructureType.Structure, field("x", NodeIds.Int32, -1, false));
    Measurement measurement =
        ValueFixtures.read(
            reader,
            new ExtensionObject[] {
              object("S", out -> out.writeIntLE(1)),
              object("S", out -> out.writeByte(7)),
              object("S", out -> out.writeIntLE(3))
            });
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(measurement.status()).contains("structure S is not encoded as the server defines");
    assertThat(((ArrayValue) measurement.value()).elements())
        .extracting(element -> ((StructValue) element).fields())
        .satisfiesExactly(
            fields -> assertThat(fields).containsEntry("x", new LongValue(1)),
            fields -> assertThat(fields).containsEntry("body", new TextValue("Bw==")),
            fields -> assertThat(fields).containsEntry("x", new LongValue(3)));
  }

  @Test
  void saysWhatABodyLacks() {
    server.structure("S", StructureType.Structure, field("x", NodeIds.Double, -1, false));
    Measurement measurement = ValueFixtures.read(reader, object("S", out -> out.writeIntLE(1)));
    assertThat(measurement.status())
        .startsWith("0x80070000 Bad_DecodingError: structure S is not encoded as the server");
  }

  @Test
  void handsOnBodiesInXml() {
    ExtensionObject xml = ExtensionObject.of(XmlElement.of("<S/>"), encoding("S"));
    assertThat(ValueFixtures.read(reader, xml).value()).isEqualTo(new TextValue("<S/>"));
  }

  @Test
  void boundsTypesThatContainThemselves() {
    server.structure("S", StructureType.Structure, field("self", type("S"), -1, false));
    server.structure("L", StructureType.Structure, field("list", type("L"), 1, false));
    Measurement endless = ValueFixtures.read(reader, object("S", out -> {}));
    assertThat(endless.status()).contains("nested more than 100 deep");
    Measurement list =
        ValueFixtures.read(
            reader,
            object(
                "L",
                out -> {
                  for (int i = 0; i < 1_000; i++) {
                    out.writeIntLE(1);
                  }
                }));
    assertThat(list.status()).contains("nested more than 100 deep");
  }

  @Test
  void boundsArraysOfNothing() {
    server.structure("Empty", StructureType.Structure);
    server.structure("S", StructureType.Structure, field("list", type("Empty"), 1, false));
    server.structure("M", StructureType.Structure, field("matrix", type("Empty"), 2, false));
    Measurement array =
        ValueFixtures.read(reader, object("S", out -> out.writeIntLE(Integer.MAX_VALUE)));
    assertThat(array.status()).contains("longer than its message");
    Measurement matrix =
        ValueFixtures.read(
            reader, object("M", out -> out.writeIntLE(2).writeIntLE(65_536).writeIntLE(65_536)));
    assertThat(matrix.status()).contains("longer than its message");
  }

  @Test
  void failsToLoadWhenTheServerDoesNotAnswer() {
    server.broken = true;
    assertThatThrownBy(() -> types.load(List.of(type("S")))).isInstanceOf(ProtocolException.class);
  }

  /** Whatever bytes a server sends, the answer is a measurement, soon and within bounds. */
  @Test
  void survivesAnyBody() {
    StructureField[] fields = new StructureField[OpcUaDataType.values().length * 3];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field("f" + i, new NodeId(0, 1 + i / 3), new int[] {-1, 1, 2}[i % 3], true);
    }
    server.structure("All", StructureType.StructureWithOptionalFields, fields);
    server.structure("One", StructureType.Union, fields);
    server.structure(
        "Deep",
        StructureType.StructureWithOptionalFields,
        field("one", type("One"), 1, true),
        field("deep", type("Deep"), -1, true),
        field("any", NodeIds.BaseDataType, 1, true));
    Random random = new Random(20_240_229);
    String[] names = {"All", "One", "Deep"};
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      if (body.length > 8 && random.nextBoolean()) {
        // Small numbers make lengths that fit.
        for (int j = 1; j < body.length; j++) {
          body[j] = j % 4 == 0 ? (byte) random.nextInt(60) : 0;
        }
      }
      Measurement measurement =
          ValueFixtures.read(
              reader, ExtensionObject.of(ByteString.of(body), encoding(names[i % names.length])));
      assertThat(measurement.quality()).isIn(Quality.GOOD, Quality.UNCERTAIN);
      assertThat(measurement.value()).isNotNull();
      assertThat(measurement.quality() == Quality.GOOD)
          .isEqualTo(RawBody.reasonIn(measurement.value()) == null);
    }
  }

  private StructValue read(String name, Consumer<ByteBuf> body) {
    Measurement measurement = ValueFixtures.read(reader, object(name, body));
    assertThat(measurement.status()).isNull();
    return (StructValue) measurement.value();
  }

  private static ExtensionObject object(String name, Consumer<ByteBuf> body) {
    ByteBuf out = Unpooled.buffer();
    body.accept(out);
    return ExtensionObject.of(ByteString.of(ByteBufUtil.getBytes(out)), encoding(name));
  }

  private static OpcUaBinaryEncoder encoder(ByteBuf out) {
    return new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE).setBuffer(out);
  }
}
