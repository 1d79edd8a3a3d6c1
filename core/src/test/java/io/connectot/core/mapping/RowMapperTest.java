// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.MILLIS;
import static io.connectot.core.mapping.MappingSamples.NANOS;
import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.good;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMapperTest {
  private static final Tag<String> TEMPERATURE = tag("Temp.1", ValueType.FLOAT32);
  private static final Tag<String> COUNT = tag("count", ValueType.UINT16);
  private static final Tag<String> CURVE = tag("curve", ValueType.JSON);
  private static final List<Tag<String>> TAGS = List.of(TEMPERATURE, COUNT, CURVE);

  private final DeviceMapper mapper =
      RecordMapper.of(settings(RecordLayout.ROW), TAGS).forDevice(PRESS);

  @Test
  void namesTheTagsThatAreNotGood() {
    List<Measurement> whole =
        List.of(good(TEMPERATURE, new DoubleValue(0.5)), good(COUNT, new LongValue(1)));
    List<Measurement> badCount =
        List.of(good(TEMPERATURE, new DoubleValue(0.5)), good(COUNT, new DoubleValue(0.5)));
    List<Measurement> badCountAgain =
        List.of(good(TEMPERATURE, new DoubleValue(0.6)), good(COUNT, new DoubleValue(0.6)));
    List<Measurement> uncertain =
        List.of(
            Measurement.uncertain(Points.of(PRESS, TEMPERATURE), NANOS, "sentinel"),
            good(COUNT, new LongValue(1)));

    assertThat(row(whole).field("quality")).isEqualTo("GOOD");
    assertThat(row(whole).field("tag_qualities")).isNull();
    Object first = row(badCount).field("tag_qualities");
    assertThat(first).isEqualTo("{\"count\":\"BAD\"}");
    assertThat(row(badCountAgain).field("tag_qualities")).isSameAs(first);
    assertThat(row(badCountAgain).field("quality")).isEqualTo("BAD");
    assertThat(row(uncertain).field("quality")).isEqualTo("UNCERTAIN");
    assertThat(row(uncertain).field("tag_qualities")).isEqualTo("{\"Temp.1\":\"UNCERTAIN\"}");
    assertThat(row(whole).field("tag_qualities")).isNull();
  }

  private Sent row(List<Measurement> scan) {
    return MappingSamples.map(mapper, scan, scan).get(0);
  }

  @Test
  void makesOneRowOfAScan() {
    List<Measurement> scan =
        List.of(
            good(TEMPERATURE, new DoubleValue(0.5)),
            good(COUNT, new LongValue(65_535)),
            good(CURVE, new ArrayValue(ValueType.INT8, List.of(new LongValue(1)))));
    List<Sent> rows = MappingSamples.map(mapper, scan, scan.subList(1, 2));
    assertThat(rows).hasSize(1);
    Sent row = rows.get(0);
    assertThat(row.topic()).isEqualTo("plant.press1");
    assertThat(row.key()).isEqualTo("acme/munich/press1");
    assertThat(row.timestamp()).isEqualTo(MILLIS);
    assertThat(row.headers()).hasSize(6);
    assertThat(row.header("ot.record")).isEqualTo("measurement");
    assertThat(row.field("tag")).isNull();
    assertThat(row.field("connector")).isEqualTo("line1");
    assertThat(row.field("attributes")).isEqualTo("{\"area\":\"hall 2\",\"line\":\"a\"}");
    assertThat(row.field("is_historical")).isEqualTo(false);
    assertThat(row.field("device")).isEqualTo("press1");
    assertThat(row.field("path")).isEqualTo("acme/munich/press1");
    assertThat(row.field("protocol")).isEqualTo("modbus");
    assertThat(row.field("event_time")).isEqualTo(new Date(MILLIS));
    assertThat(row.field("event_time_ns")).isEqualTo(NANOS);
    assertThat(row.field("ingest_time")).isEqualTo(new Date(MILLIS));
    assertThat(row.field("Temp_1")).isEqualTo(0.5f);
    assertThat(row.field("count")).isEqualTo(65_535);
    assertThat(row.field("curve")).isEqualTo("[1]");
    assertThat(row.field("quality")).isEqualTo("GOOD");
    assertThat(row.field("tag_qualities")).isNull();
    ((Struct) row.value()).validate();
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "JSON, false", "MAP, false", "HEADERS, true"})
  void hasAttributesOfTheDeviceInTheFormThatIsAskedFor(AttributesForm form, boolean hasHeaders) {
    Sent row = row(new RecordForm(form, HeadersForm.OT, Duration.ofDays(1)));
    Object column =
        switch (form) {
          case JSON -> "{\"area\":\"hall 2\",\"line\":\"a\"}";
          case MAP -> Map.of("area", "hall 2", "line", "a");
          case NONE, HEADERS -> null;
        };
    assertThat(row.field("attributes")).isEqualTo(column);
    assertThat(row.header("ot.attributes.area")).isEqualTo(hasHeaders ? "hall 2" : null);
    ((Struct) row.value()).validate();
  }

  @Test
  void keepsOnlyTheKindOfTheRecordWithoutHeaders() {
    Sent row = row(new RecordForm(AttributesForm.JSON, HeadersForm.NONE, Duration.ofDays(1)));
    assertThat(row.headers())
        .singleElement()
        .satisfies(header -> assertThat(header.key()).isEqualTo("ot.record"));
  }

  @Test
  void takesTheReceiptForTheKafkaTimestampOfADeviceWhoseClockIsNotSet() {
    Measurement old =
        new Measurement(
            Points.of(PRESS, COUNT), 12_000_000_000L, NANOS, new LongValue(1), Quality.GOOD, null);
    Sent row = MappingSamples.map(mapper, old).get(0);
    assertThat(row.timestamp()).isEqualTo(MILLIS);
    assertThat(row.field("event_time")).isEqualTo(new Date(12_000));
  }

  @Test
  void holdsValuesOfUnknownTypeAsText() {
    Tag<String> tag = tag("any", ValueType.UNKNOWN);
    DeviceMapper untyped =
        RecordMapper.of(settings(RecordLayout.ROW), List.of(tag)).forDevice(PRESS);
    assertThat(MappingSamples.map(untyped, good(tag, new LongValue(5))).get(0).field("any"))
        .isEqualTo("5");
    Sent text = MappingSamples.map(untyped, good(tag, new TextValue("on"))).get(0);
    assertThat(text.field("any")).isEqualTo("on");
    assertThat(text.field("quality")).isEqualTo("GOOD");
  }

  private static Sent row(RecordForm form) {
    MappingSettings usual = settings(RecordLayout.ROW);
    MappingSettings settings =
        new MappingSettings(usual.layout(), usual.key(), usual.topic(), usual.origin(), form);
    DeviceMapper mapper = RecordMapper.of(settings, TAGS).forDevice(PRESS);
    return MappingSamples.map(mapper, good(COUNT, new LongValue(1))).get(0);
  }

  @Test
  void makesNothingWhenNothingIsReported() {
    assertThat(MappingSamples.map(mapper, List.of(good(COUNT, new LongValue(1))), List.of()))
        .isEmpty();
  }

  @Test
  void leavesEmptyWhatIsBadOrNotInTheScan() {
    Sent row =
        MappingSamples.map(mapper, Measurement.bad(Points.of(PRESS, COUNT), NANOS, "TIMEOUT"))
            .get(0);
    assertThat(row.field("count")).isNull();
    assertThat(row.field("Temp_1")).isNull();
    assertThat(row.field("quality")).isEqualTo("BAD");
    assertThat(row.field("tag_qualities")).isEqualTo("{\"count\":\"BAD\"}");
  }

  @Test
  void takesTheTimeOfTheLatestValue() {
    Sent row =
        MappingSamples.map(
                mapper,
                Measurement.good(Points.of(PRESS, TEMPERATURE), NANOS, new DoubleValue(1)),
                Measurement.good(Points.of(PRESS, COUNT), NANOS - 5_000_000, new LongValue(1)))
            .get(0);
    assertThat(row.field("event_time_ns")).isEqualTo(NANOS);
  }

  @Test
  void marksAValueThatIsNotOfTheFieldsTypeAsBad() {
    Sent row = MappingSamples.map(mapper, good(COUNT, new TextValue("many"))).get(0);
    assertThat(row.field("count")).isNull();
    assertThat(row.field("quality")).isEqualTo("BAD");
    assertThat(row.field("tag_qualities")).isEqualTo("{\"count\":\"BAD\"}");
  }

  @Test
  void refusesATagThatIsNotConfigured() {
    Measurement stray = good(tag("stray", ValueType.INT8), new LongValue(1));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> MappingSamples.map(mapper, stray))
        .withMessageContaining("press1")
        .withMessageContaining("stray");
  }

  @ParameterizedTest
  @CsvSource({"PATH, acme/munich/press1", "DEVICE, press1", "TAG, press1", "NONE,"})
  void keysByTheDevice(RecordKey key, String expected) {
    DeviceMapper keyed =
        RecordMapper.of(settings(RecordLayout.ROW, key, "rows"), TAGS).forDevice(PRESS);
    assertThat(MappingSamples.map(keyed, good(COUNT, new LongValue(1))).get(0).key())
        .isEqualTo(expected);
  }

  @Test
  void hasAFieldPerTagNameInTheOrderOfTheConfiguration() {
    Tag<String> sameNameElsewhere = tag("count", ValueType.UINT16);
    Schema schema =
        RowSchema.of(List.of(COUNT, TEMPERATURE, sameNameElsewhere), AttributesForm.JSON).schema();
    assertThat(schema.fields())
        .extracting(Field::name)
        .containsExactly(
            "path",
            "device",
            "tag",
            "protocol",
            "connector",
            "event_time",
            "event_time_ns",
            "ingest_time",
            "quality",
            "tag_qualities",
            "attributes",
            "is_historical",
            "count",
            "Temp_1");
    assertThat(schema.field("count").schema()).isEqualTo(Schema.OPTIONAL_INT32_SCHEMA);
    assertThat(RowSchema.problems(List.of(COUNT, sameNameElsewhere))).isEmpty();
  }

  @Test
  void refusesNamesThatFallTogether() {
    List<Tag<String>> tags = List.of(tag("a b", ValueType.INT8), tag("a_b", ValueType.INT8));
    assertThat(RowSchema.problems(tags))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.tag()).isEqualTo("a_b");
              assertThat(problem.message()).contains("'a b'");
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSchema.of(tags, AttributesForm.JSON))
        .withMessageContaining("tags.a_b");
  }

  @Test
  void refusesOneNameWithTwoTypes() {
    assertThat(RowSchema.problems(List.of(COUNT, tag("count", ValueType.INT8))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("uint16", "int8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"device", "event_time", "quality", "connector"})
  void refusesTheNamesOfItsOwnFields(String name) {
    assertThat(RowSchema.problems(List.of(tag(name, ValueType.INT8)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1st, _1st", "_x, _x", "°C, _C", "A9, A9", "a/b-c, a_b_c"})
  void makesNamesLegal(String name, String legal) {
    assertThat(Names.legal(name)).isEqualTo(legal);
  }
}
