// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.value.type.EnumLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeValueDecoderTest {
  private final ValueDecoder values = new ValueDecoder(FakeTypes.none(ValueFixtures.settings()));

  @ParameterizedTest
  @MethodSource("io.connectot.opcua.value.ValueSample#all")
  void readsEveryBuiltinType(ValueSample sample) {
    Measurement measurement = ValueFixtures.read(reader(sample.type()), sample.raw());
    assertThat(measurement.value()).isEqualTo(sample.value());
    assertThat(measurement.quality()).isEqualTo(Quality.GOOD);
    assertThat(measurement.status()).isNull();
  }

  @Test
  void hasNoValueWhenTheStatusIsBad() {
    DataValue value =
        new DataValue(Variant.of(1), new StatusCode(StatusCodes.Bad_SensorFailure), DateTime.now());
    Measurement measurement = reader(ValueType.INT32).read(value, 1, null);
    assertThat(measurement.quality()).isEqualTo(Quality.BAD);
    assertThat(measurement.value()).isNull();
    assertThat(measurement.status()).isEqualTo("0x808C0000 Bad_SensorFailure");
  }

  @Test
  void keepsAnUncertainValue() {
    DataValue value =
        new DataValue(
            Variant.of(1), new StatusCode(StatusCodes.Uncertain_LastUsableValue), DateTime.now());
    Measurement measurement = reader(ValueType.INT32).read(value, 1, null);
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(measurement.value()).isEqualTo(new LongValue(1));
    assertThat(measurement.status()).isEqualTo("0x40900000 Uncertain_LastUsableValue");
  }

  @Test
  void isUncertainOfNothing() {
    for (Object nothing : new Object[] {null, new LocalizedText(null, null), Variant.ofNull()}) {
      Measurement measurement = ValueFixtures.read(reader(ValueType.STRING), nothing);
      assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
      assertThat(measurement.value()).isNull();
      assertThat(measurement.status()).isEqualTo("0x00000000 Good, but there is no value");
    }
  }

  @Test
  void scalesNumbersOnly() {
    NodeValueDecoder scaled =
        values.forNode(
            new Point<>(
                ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.FLOAT64, new Scaling(0.5, 1))),
            NodeIds.Int32);
    assertThat(ValueFixtures.read(scaled, 10).value()).isEqualTo(new DoubleValue(6));
    assertThat(ValueFixtures.read(scaled, 1.0).value()).isEqualTo(new DoubleValue(1.5));
    assertThat(ValueFixtures.read(scaled, "10").value()).isEqualTo(new TextValue("10"));
    assertThat(ValueFixtures.read(scaled, (Object) new String[] {"10"}).value())
        .isEqualTo(new ArrayValue(ValueType.STRING, List.of(new TextValue("10"))));
  }

  @Test
  void scalesEachNumberOfAnArray() {
    NodeValueDecoder scaled =
        values.forNode(
            new Point<>(
                ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.FLOAT64, new Scaling(0.5, 1))),
            NodeIds.Int32);
    assertThat(ValueFixtures.read(scaled, new Integer[] {10, 20}).value())
        .isEqualTo(
            new ArrayValue(ValueType.FLOAT64, List.of(new DoubleValue(6), new DoubleValue(11))));
  }

  private static NodeValueDecoder withLine(ValueType declared, String indexRange) {
    ItemSettings none = ItemSettings.DEFAULT;
    OpcUaTag address =
        new OpcUaTag(
            new NodeAddress.ById(Optional.empty(), 0, "s=x"),
            Optional.ofNullable(declared),
            new ItemSettings(
                none.sampling(),
                none.queue(),
                none.discardOldest(),
                none.trigger(),
                none.deadband(),
                Optional.ofNullable(indexRange),
                none.skipFirst()));
    Tag<String> tag = ValueFixtures.tag(declared == null ? ValueType.JSON : declared);
    return new ValueDecoder(FakeTypes.none(ValueFixtures.settings()))
        .forNode(
            new Point<>(
                ValueFixtures.DEVICE,
                new Tag<>(
                    tag.name(),
                    address,
                    tag.type(),
                    tag.unit(),
                    tag.interval(),
                    tag.report(),
                    tag.scaling(),
                    Map.of())),
            NodeIds.BaseDataType);
  }

  @ParameterizedTest
  @CsvSource({
    "INT32, 56.0, 56",
    "INT32, 12, 12",
    "UINT8, 255, 255",
    "INT64, true, 1",
    "FLOAT64, 3, 3.0",
    "FLOAT64, '2.5', 2.5",
    "STRING, 56.5, '56.5'",
    "BOOLEAN, 1, true",
    "BOOLEAN, 'false', false"
  })
  void convertsToTheTypeOfTheLine(ValueType type, String raw, String expected) {
    Object value = ValueFixtures.read(withLine(type, null), raw(raw)).value();
    assertThat(value).asString().contains("=" + expected + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "INT32, 56.5",
    "UINT8, 256",
    "UINT32, -1",
    "INT8, 128",
    "BOOLEAN, 2",
    "FLOAT64, open",
    "INT32, open",
    "DATETIME, open",
    "BYTES, open"
  })
  void refusesWhatTheTypeOfTheLineCannotHold(ValueType type, String raw) {
    Measurement measurement = ValueFixtures.read(withLine(type, null), raw(raw));
    assertThat(measurement.value()).isNull();
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(measurement.status())
        .contains("type=" + type.configName() + " on the tag line cannot hold " + raw);
  }

  private static Object raw(String text) {
    if (text.matches("-?\\d+")) {
      return Integer.valueOf(text);
    }
    if (text.equals("true")) {
      return true;
    }
    return text.equals("2.5") || !text.matches("[0-9.]+") ? text : Double.valueOf(text);
  }

  @Test
  void keepsNumbersThatAreNotFinite() {
    assertThat(ValueFixtures.read(withLine(ValueType.FLOAT64, null), Float.NaN).value())
        .isEqualTo(new DoubleValue(Double.NaN));
    assertThat(ValueFixtures.read(withLine(ValueType.FLOAT32, null), -0.0).value())
        .isEqualTo(new DoubleValue(-0.0));
  }

  @Test
  void doesNotRoundWholeNumbersOrExceedTheRange() {
    for (Object raw : new Object[] {(1L << 53) + 1, "1e999999999"}) {
      assertThat(ValueFixtures.read(withLine(ValueType.FLOAT64, null), raw).quality())
          .isEqualTo(Quality.UNCERTAIN);
    }
    assertThat(ValueFixtures.read(withLine(ValueType.FLOAT32, null), 1e300).quality())
        .isEqualTo(Quality.UNCERTAIN);
    assertThat(ValueFixtures.read(withLine(ValueType.INT64, null), "1e999999999").quality())
        .isEqualTo(Quality.UNCERTAIN);
  }

  @Test
  void convertsTheElementsOfAnArray() {
    Measurement measurement =
        ValueFixtures.read(withLine(ValueType.INT32, null), new Double[] {1.0, 2.0});
    assertThat(measurement.value())
        .isEqualTo(
            ValueSample.array(ValueType.INT32, ValueSample.number(1), ValueSample.number(2)));
  }

  @Test
  void readsOneElementAsScalar() {
    assertThat(ValueFixtures.read(withLine(null, "2"), new Integer[] {7}).value())
        .isEqualTo(new LongValue(7));
    assertThat(
            ValueFixtures.read(withLine(null, "1,2"), Matrix.ofInt32(new Integer[][] {{7}}))
                .value())
        .isEqualTo(new LongValue(7));
    assertThat(ValueFixtures.read(withLine(null, "2:3"), new Integer[] {7}).value())
        .isEqualTo(ValueSample.array(ValueType.INT32, ValueSample.number(7)));
  }

  @Test
  void keepsDimensionsBesideAFlatMatrix() {
    ValueDecoder flat =
        new ValueDecoder(FakeTypes.none(ValueFixtures.settings(EnumMode.BOTH, MatrixMode.FLAT)));
    NodeValueDecoder reader =
        flat.forNode(
            new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.JSON)), NodeIds.Int32);
    Matrix matrix = Matrix.ofInt32(new Integer[][] {{1, 2}, {3, 4}, {5, 6}});
    StructValue value = (StructValue) ValueFixtures.read(reader, matrix).value();
    assertThat(value.fields().get("dimensions"))
        .isEqualTo(
            ValueSample.array(ValueType.INT32, ValueSample.number(3), ValueSample.number(2)));
    assertThat(((ArrayValue) value.fields().get("array")).elements()).hasSize(6);
  }

  @Test
  void refusesAMatrixThatIsNone() {
    for (int[] dimensions :
        new int[][] {{2, 2}, {-1, -3}, {Integer.MAX_VALUE, 0}, {65_536, 65_536}, new int[40]}) {
      Matrix matrix = new Matrix(new Integer[] {1, 2, 3}, dimensions);
      Measurement measurement = ValueFixtures.read(reader(ValueType.JSON), matrix);
      assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
      assertThat(measurement.status()).startsWith("0x80070000 Bad_DecodingError: a matrix of ");
    }
  }

  @Test
  void takesAMatrixWithoutElementsForAnEmptyArray() {
    Matrix matrix = new Matrix(new Integer[0], new int[] {Integer.MAX_VALUE, 0});
    assertThat(ValueFixtures.read(reader(ValueType.JSON), matrix).value())
        .isEqualTo(ValueSample.array(ValueType.INT32));
  }

  @Test
  void boundsTheDepthOfVariants() {
    Object nested = 1;
    for (int i = 0; i < 1_000; i++) {
      nested = new Variant[] {new Variant(nested)};
    }
    Measurement measurement = ValueFixtures.read(reader(ValueType.JSON), nested);
    assertThat(measurement.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(measurement.status()).contains("nested more than 100 deep");
  }

  @Test
  void readsValuesThatBringTheirStatus() {
    DataValue inner = new DataValue(Variant.of(1.5), StatusCode.UNCERTAIN, new DateTime(1), null);
    Measurement measurement = ValueFixtures.read(reader(ValueType.JSON), new DataValue[] {inner});
    StructValue value = (StructValue) ((ArrayValue) measurement.value()).elements().get(0);
    assertThat(value.fields().get("value")).isEqualTo(new DoubleValue(1.5));
    assertThat(value.fields().get("status")).isEqualTo(new TextValue("0x40000000 Uncertain"));
  }

  @Test
  void readsDiagnostics() {
    DiagnosticInfo inner = new DiagnosticInfo(1, 2, 3, 4, "deep", StatusCode.BAD, null);
    DiagnosticInfo outer = new DiagnosticInfo(-1, -1, -1, -1, null, null, inner);
    StructValue value = (StructValue) ValueFixtures.read(reader(ValueType.JSON), outer).value();
    assertThat(((StructValue) value.fields().get("inner")).fields().get("additional_info"))
        .isEqualTo(new TextValue("deep"));
  }

  @Test
  void labelsMultiStateVariables() {
    EnumLabels strings =
        EnumLabels.ofStrings(
            new LocalizedText[] {LocalizedText.english("Open"), LocalizedText.english("Closed")});
    NodeValueDecoder door =
        values.forNode(
            new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.UINT32)), strings);
    assertThat(ValueFixtures.read(door, Unsigned.uint(1)).value())
        .isEqualTo(new io.connectot.core.model.Value.EnumValue(1, "Closed"));
    assertThat(ValueFixtures.read(door, Unsigned.uint(7)).value()).isEqualTo(new LongValue(7));
    EnumLabels numbers =
        EnumLabels.ofValues(
            new EnumValueType[] {
              new EnumValueType(-5L, LocalizedText.english("Off"), LocalizedText.NULL_VALUE)
            });
    NodeValueDecoder mode =
        values.forNode(
            new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.INT32)), numbers);
    assertThat(ValueFixtures.read(mode, -5).value())
        .isEqualTo(new io.connectot.core.model.Value.EnumValue(-5, "Off"));
  }

  @Test
  void readsFieldsOfEventsByThemselves() {
    assertThat(values.value(Variant.of(5))).contains(new LongValue(5));
    assertThat(values.value(Variant.ofNull())).isEmpty();
    assertThat(List.of(values.value(Variant.of(new LocalizedText("", "x")))))
        .allSatisfy(value -> assertThat(value).contains(new TextValue("x")));
  }

  private NodeValueDecoder reader(ValueType type) {
    return values.forNode(
        new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(type)), NodeIds.BaseDataType);
  }
}
