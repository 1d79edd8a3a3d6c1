// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.ValueType;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that servers in the field send and that have little in them, or more than expected. */
class OddValuesTest {
  private final NodeValueDecoder reader =
      new ValueDecoder(FakeTypes.none(ValueFixtures.settings()))
          .forNode(
              new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.UNKNOWN)),
              NodeIds.BaseDataType);

  static Stream<Object> hasNothing() {
    return Stream.of(
        ByteString.NULL_VALUE,
        new LocalizedText(null, null),
        NodeId.NULL_VALUE,
        ExpandedNodeId.NULL_VALUE,
        XmlElement.of(null),
        ExtensionObject.of(ByteString.NULL_VALUE, NodeId.NULL_VALUE));
  }

  @ParameterizedTest
  @MethodSource("hasNothing")
  void isUncertainOfANull(Object raw) {
    Measurement measurement = ValueFixtures.read(reader, raw);

    assertThat(measurement.value()).isNull();
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(measurement.status()).contains("there is no value");
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
            (Object) new ByteString[] {null, ByteString.NULL_VALUE},
            new LocalizedText[] {null, new LocalizedText("de", null)},
            new ExtensionObject[] {null, null},
            new NodeId[] {null, NodeId.NULL_VALUE},
            new StatusCode[] {null, null},
            new DateTime[] {null, null},
            new UByte[] {null, null},
            new Variant[] {null, Variant.NULL_VALUE})
        .map(array -> Arguments.of(array));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void keepsThePlacesOfNullsInArrays(Object raw) {
    Measurement measurement = ValueFixtures.read(reader, raw);

    assertThat(measurement.quality()).isEqualTo(Quality.GOOD);
    assertThat(((ArrayValue) measurement.value()).elements())
        .containsExactly(NullValue.NULL, NullValue.NULL);
  }

  @Test
  void readsVariantsInVariants() {
    Variant[] nested = {new Variant(new Variant[] {new Variant(7), new Variant("a")})};

    assertThat(ValueFixtures.read(reader, nested).value())
        .isEqualTo(
            ValueSample.array(
                ValueType.JSON,
                ValueSample.array(ValueType.JSON, ValueSample.number(7), ValueSample.text("a"))));
  }

  @Test
  void readsADataValueWithoutAnything() {
    DataValue[] values = {new DataValue(StatusCodes.Bad_NoData)};

    assertThat(((ArrayValue) ValueFixtures.read(reader, values).value()).elements())
        .singleElement()
        .isInstanceOf(StructValue.class);
  }

  @Test
  void keepsWhatANodeIdIsMadeOf() {
    assertThat(ValueFixtures.read(reader, new NodeId(1, "a;b=\"c\" 'd'\n")).value())
        .isEqualTo(ValueSample.text("nsu=urn:plant;s=a;b=\"c\" 'd'\n"));
    assertThat(ValueFixtures.read(reader, new QualifiedName(0, null)).value())
        .satisfiesAnyOf(
            value -> assertThat(value).isNull(),
            value -> assertThat(value).isEqualTo(ValueSample.text("")));
  }

  @Test
  void isBadOfAnIndexRangeOutOfBounds() {
    Measurement measurement =
        reader.read(
            new DataValue(
                Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_IndexRangeNoData), null, null),
            1,
            null);

    assertThat(measurement.quality()).isEqualTo(Quality.BAD);
    assertThat(measurement.status()).isEqualTo("0x80370000 Bad_IndexRangeNoData");
    assertThat(measurement.timestampNanos()).isEqualTo(1);
  }

  @Test
  void readsAValueWithoutStatusOrTimes() {
    DataValue value = new DataValue(new Variant(5), null, null, null);

    assertThat(reader.read(value, 9, null).quality()).isEqualTo(Quality.GOOD);
    assertThat(reader.read(value, 9, null).timestampNanos()).isEqualTo(9);
    assertThat(reader.read(new DataValue((Variant) null), 9, null).quality())
        .isEqualTo(Quality.UNCERTAIN);
  }
}
