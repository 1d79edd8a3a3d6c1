// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.NANOS;
import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.good;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueMapperTest {
  private final DeviceMapper mapper =
      RecordMapper.of(settings(RecordLayout.VALUE), List.of()).forDevice(PRESS);

  @ParameterizedTest
  @CsvSource({
    "INT8, 127, INT8",
    "UINT8, 255, INT16",
    "INT16, -32768, INT16",
    "UINT16, 65535, INT32",
    "INT32, -1, INT32",
    "UINT32, 4294967295, INT64",
    "INT64, -1, INT64"
  })
  void givesIntegersTheSmallestTypeThatHoldsThem(
      ValueType type, long value, Schema.Type schemaType) {
    Sent sent = one(good(tag("t", type), new LongValue(value)));
    assertThat(sent.schema().type()).isEqualTo(schemaType);
    assertThat(sent.schema().isOptional()).isTrue();
    assertThat(((Number) sent.value()).longValue()).isEqualTo(value);
  }

  @Test
  void keepsUnsigned64BitNumbersExact() {
    BigInteger most = new BigInteger("18446744073709551615");
    Tag<String> tag = tag("t", ValueType.UINT64);
    Sent big = one(good(tag, new BigValue(most)));
    Sent small = one(good(tag, new LongValue(1)));
    assertThat(big.schema()).isEqualTo(Decimal.builder(0).optional().build());
    assertThat(big.value()).isEqualTo(new BigDecimal(most));
    assertThat(small.schema()).isEqualTo(big.schema());
    assertThat(small.value()).isEqualTo(BigDecimal.ONE);
  }

  @Test
  void putsTheRestIntoHeaders() {
    Sent sent = one(good(tag("t", ValueType.FLOAT32), new DoubleValue(0.5)));
    assertThat(sent.value()).isEqualTo(0.5f);
    assertThat(sent.header("ot.device")).isEqualTo("press1");
    assertThat(sent.header("ot.protocol")).isEqualTo("modbus");
    assertThat(sent.header("ot.endpoint")).isEqualTo("tcp://10.0.0.5:502");
    assertThat(sent.header("ot.tag")).isEqualTo("t");
    assertThat(sent.header("ot.quality")).isEqualTo("GOOD");
    assertThat(sent.header("ot.status")).isNull();
    assertThat(sent.header("ot.type")).isEqualTo("FLOAT32");
    assertThat(sent.header("ot.unit")).isEqualTo("°C");
    assertThat(sent.header("ot.event_time_ns")).isEqualTo(NANOS);
  }

  @Test
  void addsTheHeadersOfTheProtocol() {
    Tag<String> tag = tag("t", ValueType.FLOAT32).withHeaders(Map.of("modbus.unit", "7"));
    assertThat(one(good(tag, new DoubleValue(0.5))).header("modbus.unit")).isEqualTo("7");
  }

  @Test
  void sendsNullForABadTag() {
    Sent sent = one(Measurement.bad(Points.of(PRESS, tag("t", ValueType.INT16)), NANOS, "TIMEOUT"));
    assertThat(sent.value()).isNull();
    assertThat(sent.schema()).isEqualTo(Schema.OPTIONAL_INT16_SCHEMA);
    assertThat(sent.header("ot.quality")).isEqualTo("BAD");
    assertThat(sent.header("ot.status")).isEqualTo("TIMEOUT");
    assertThat(sent.headers()).doesNotHaveDuplicates();
  }

  static Stream<Object[]> mismatches() {
    return Stream.of(
        new Object[][] {
          {ValueType.INT8, new LongValue(300)},
          {ValueType.BOOLEAN, new TextValue("on")},
          {ValueType.FLOAT32, new DoubleValue(1e300)},
          {ValueType.INT16, array(ValueType.INT16, 1)}
        });
  }

  @ParameterizedTest
  @MethodSource("mismatches")
  void keepsTheSchemaOfATagWhoseValueIsOfAnotherType(ValueType type, Value value) {
    Sent sent = one(good(tag("t", type), value));
    assertThat(sent.schema()).isEqualTo(ConnectTypes.schema(type));
    assertThat(sent.value()).isNull();
    assertThat(sent.header("ot.quality")).isEqualTo("BAD");
    assertThat((String) sent.header("ot.status")).contains("TYPE_MISMATCH", type.name());
    assertThat(sent.header("ot.type")).isEqualTo(type.name());
  }

  @Test
  void keepsTheSchemaOfASeriesWhoseTagChangesItsType() {
    Point<String> none = new Point<>(PRESS, tag("t", ValueType.UNKNOWN));
    Point<String> numbers = new Point<>(PRESS, tag("t", ValueType.FLOAT64), none);
    Point<String> texts = new Point<>(PRESS, tag("t", ValueType.STRING), none);
    one(Measurement.bad(none, NANOS, "NO_VALUE"));
    Sent number = one(Measurement.good(numbers, NANOS, new DoubleValue(0.5)));
    Sent text = one(Measurement.good(texts, NANOS, new TextValue("on")));
    Sent again = one(Measurement.bad(none, NANOS, "NO_VALUE"));
    assertThat(number.value()).isEqualTo(0.5);
    assertThat(List.of(number, text, again))
        .extracting(Sent::schema)
        .containsOnly(Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThat(text.value()).isNull();
    assertThat(text.header("ot.quality")).isEqualTo("BAD");
  }

  @Test
  void keepsOneSchemaForATagThatNeverHasTheSameType() {
    Tag<String> tag = tag("t", ValueType.UNKNOWN);
    List<Sent> sent =
        Stream.of(
                new LongValue(5),
                new DoubleValue(0.5),
                new TextValue("on"),
                Value.BooleanValue.TRUE,
                array(ValueType.INT8, 1, 2),
                struct("P", "x", new LongValue(1)))
            .map(value -> one(good(tag, value)))
            .toList();
    assertThat(sent).extracting(Sent::schema).containsOnly(Schema.OPTIONAL_STRING_SCHEMA);
    assertThat(sent)
        .extracting(Sent::value)
        .containsExactly("5", "0.5", "on", "true", "[1,2]", "{\"x\":1}");
    assertThat(sent)
        .extracting(record -> record.header("ot.type"))
        .containsExactly("INT64", "FLOAT64", "STRING", "BOOLEAN", "JSON", "JSON");
    Sent bad = one(Measurement.bad(Points.of(PRESS, tag), NANOS, "TIMEOUT"));
    assertThat(bad.schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    assertThat(bad.header("ot.type")).isEqualTo("UNKNOWN");
  }

  @Test
  void keepsTheKindOfValueThatAnArrayOrStructureHadFirst() {
    Tag<String> tag = tag("t", ValueType.JSON);
    Sent first = one(good(tag, array(ValueType.INT16, 1)));
    Sent single = one(good(tag, new LongValue(1)));
    Sent texts = one(good(tag, new ArrayValue(ValueType.STRING, List.of(new TextValue("a")))));
    Sent struct = one(good(tag, struct("P", "x", new LongValue(1))));
    assertThat(List.of(single, texts, struct))
        .allSatisfy(
            sent -> {
              assertThat(sent.schema()).isSameAs(first.schema());
              assertThat(sent.value()).isNull();
              assertThat(sent.header("ot.quality")).isEqualTo("BAD");
            });
    assertThat(one(good(tag, array(ValueType.INT16, 2))).value()).isEqualTo(List.of((short) 2));
  }

  @Test
  void staysTextAfterASingleValueOfATagForArraysAndStructures() {
    Tag<String> tag = tag("t", ValueType.JSON);
    assertThat(one(good(tag, new TextValue("{\"a\":1}"))).value()).isEqualTo("{\"a\":1}");
    Sent array = one(good(tag, array(ValueType.INT16, 1)));
    assertThat(array.schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    assertThat(array.value()).isEqualTo("[1]");
  }

  @Test
  void hasEveryColumnOfOtherLayoutsInHeaders() {
    Sent sent = one(good(tag("t", ValueType.INT8), new LongValue(1)).asHistorical());
    assertThat(sent.header("ot.record")).isEqualTo("measurement");
    assertThat(sent.header("ot.path")).isEqualTo("acme/munich/press1/t");
    assertThat(sent.header("ot.connector")).isEqualTo("line1");
    assertThat(sent.header("ot.ingest_time_ns")).isEqualTo(NANOS);
    assertThat(sent.header("ot.is_historical")).isEqualTo(true);
    assertThat(sent.header("ot.attributes")).isEqualTo("{\"area\":\"hall 2\",\"line\":\"a\"}");
  }

  @Test
  void makesArraysOfTheElementType() {
    Sent sent = one(good(tag("t", ValueType.JSON), array(ValueType.UINT16, 1, 65535)));
    assertThat(sent.schema())
        .isEqualTo(SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).optional().build());
    assertThat(sent.value()).isEqualTo(List.of(1, 65535));
    assertThat(sent.header("ot.type")).isEqualTo("JSON");
  }

  @Test
  void makesMatrices() {
    Value matrix =
        new ArrayValue(
            ValueType.JSON, List.of(array(ValueType.INT16), array(ValueType.INT16, 1, 2)));
    Sent sent = one(good(tag("t", ValueType.JSON), matrix));
    assertThat(sent.schema().valueSchema().valueSchema()).isEqualTo(Schema.OPTIONAL_INT16_SCHEMA);
    assertThat(sent.value()).isEqualTo(List.of(List.of(), List.of((short) 1, (short) 2)));
  }

  @Test
  void writesElementsOfDifferentShapesAsJson() {
    Value mixed =
        new ArrayValue(ValueType.JSON, List.of(new LongValue(1), array(ValueType.INT8, 2)));
    assertThat(one(good(tag("t", ValueType.JSON), mixed)).value()).isEqualTo(List.of("1", "[2]"));
  }

  @Test
  void makesStructsWithLegalAndUniqueNames() {
    Sent sent =
        one(
            good(
                tag("t", ValueType.JSON),
                struct(
                    "urn:plant#Point 3D",
                    "x-y",
                    new DoubleValue(1.5),
                    "x.y",
                    new TextValue("b"),
                    "1st",
                    array(ValueType.INT8, 3))));
    assertThat(sent.schema().name()).isEqualTo("io.connectot.struct.urn_plant_Point_3D");
    assertThat(sent.schema().fields())
        .extracting(Field::name)
        .containsExactly("x_y", "x_y_2", "_1st");
    Struct struct = (Struct) sent.value();
    assertThat(struct.get("x_y")).isEqualTo(1.5);
    assertThat(struct.get("x_y_2")).isEqualTo("b");
    assertThat(struct.get("_1st")).isEqualTo(List.of((byte) 3));
    struct.validate();
  }

  @Test
  void buildsTheSchemaOfAStructOnce() {
    Tag<String> tag = tag("t", ValueType.JSON);
    Sent first = one(good(tag, struct("P", "x", new DoubleValue(1))));
    Sent second = one(good(tag, struct("P", "x", new DoubleValue(2))));
    Sent bad = one(Measurement.bad(Points.of(PRESS, tag), NANOS, "TIMEOUT"));
    assertThat(second.schema()).isSameAs(first.schema());
    assertThat(bad.schema()).isSameAs(first.schema());
    assertThat(bad.value()).isNull();
  }

  @Test
  void followsAStructThatChanges() {
    Tag<String> tag = tag("t", ValueType.JSON);
    one(good(tag, struct("P", "x", new DoubleValue(1))));
    Sent renamed = one(good(tag, struct("P", "y", new TextValue("a"))));
    assertThat(((Struct) renamed.value()).get("y")).isEqualTo("a");
  }

  @Test
  void settlesOnTheSchemaThatHoldsAllNumbersSeen() {
    Tag<String> tag = tag("t", ValueType.JSON);
    one(good(tag, struct("P", "a", new LongValue(1), "b", new DoubleValue(1.5))));
    Sent widened = one(good(tag, struct("P", "a", new DoubleValue(1.5), "b", new LongValue(1))));
    Sent again = one(good(tag, struct("P", "a", new LongValue(1), "b", new DoubleValue(1.5))));
    assertThat(again.schema()).isSameAs(widened.schema());
    assertThat(((Struct) again.value()).get("a")).isEqualTo(1.0);
    assertThat(((Struct) again.value()).get("b")).isEqualTo(1.5);
  }

  @Test
  void leavesOutWhatIsNull() {
    Tag<String> tag = tag("t", ValueType.JSON);
    Value texts = new ArrayValue(ValueType.STRING, List.of(NullValue.NULL, new TextValue("a")));
    Sent sent = one(good(tag, struct("P", "x", NullValue.NULL, "texts", texts)));
    Struct struct = (Struct) sent.value();
    assertThat(struct.get("x")).isNull();
    assertThat(struct.get("texts")).isEqualTo(java.util.Arrays.asList(null, "a"));
    struct.validate();
  }

  @Test
  void learnsTheTypeOfAFieldThatWasNullAndKeepsIt() {
    Tag<String> tag = tag("t", ValueType.JSON);
    one(good(tag, struct("P", "x", NullValue.NULL, "list", array(ValueType.JSON))));
    Sent learned =
        one(good(tag, struct("P", "x", new LongValue(1), "list", array(ValueType.JSON, 2))));
    Sent again = one(good(tag, struct("P", "x", NullValue.NULL, "list", array(ValueType.JSON))));
    assertThat(learned.schema().field("x").schema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
    assertThat(((Struct) learned.value()).get("list")).isEqualTo(List.of(2L));
    assertThat(again.schema()).isSameAs(learned.schema());
  }

  @Test
  void mergesWhatTheElementsOfAnArrayTell() {
    Value array =
        new ArrayValue(
            ValueType.JSON,
            List.of(
                struct("P", "x", NullValue.NULL, "y", new LongValue(1)),
                struct("P", "x", new TextValue("a"), "y", NullValue.NULL)));
    Sent sent = one(good(tag("t", ValueType.JSON), array));
    List<?> structs = (List<?>) sent.value();
    assertThat(((Struct) structs.get(0)).get("y")).isEqualTo(1L);
    assertThat(((Struct) structs.get(1)).get("x")).isEqualTo("a");
  }

  @Test
  void hasTheNumberOfAnEnumerationAndItsLabelAsHeader() {
    Sent sent = one(good(tag("t", ValueType.INT32), new EnumValue(2, "Running")));
    assertThat(sent.value()).isEqualTo(2);
    assertThat(sent.header("ot.label")).isEqualTo("Running");
  }

  private Sent one(Measurement measurement) {
    List<Sent> sent = MappingSamples.map(mapper, measurement);
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }

  private static ArrayValue array(ValueType type, long... elements) {
    return new ArrayValue(
        type, java.util.Arrays.stream(elements).<Value>mapToObj(LongValue::new).toList());
  }

  private static StructValue struct(String name, Object... namesAndValues) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return new StructValue(name, fields);
  }
}
