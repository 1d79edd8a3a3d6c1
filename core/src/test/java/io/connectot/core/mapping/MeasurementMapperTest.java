// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.Plant.MILLIS;
import static io.connectot.core.mapping.Plant.NANOS;
import static io.connectot.core.mapping.Plant.PRESS;
import static io.connectot.core.mapping.Plant.good;
import static io.connectot.core.mapping.Plant.settings;
import static io.connectot.core.mapping.Plant.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.connectot.core.mapping.Plant.Sent;
import io.connectot.core.mapping.template.Template;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.DeviceProtocol;
import io.connectot.core.testing.Points;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeasurementMapperTest {
  private static final Tag<String> TEMPERATURE = tag("temperature", ValueType.FLOAT64);

  private final DeviceMapper mapper =
      RecordMapper.of(settings(RecordLayout.MEASUREMENT), List.of()).forDevice(PRESS);

  @Test
  void fillsEveryFieldOfTheRecord() {
    Sent sent = one(good(TEMPERATURE, new DoubleValue(21.5)));
    assertThat(sent.topic()).isEqualTo("plant.press1");
    assertThat(sent.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(sent.key()).isEqualTo("acme/munich/press1/temperature");
    assertThat(sent.schema()).isSameAs(MeasurementSchema.SCHEMA);
    assertThat(sent.timestamp()).isEqualTo(MILLIS);
    assertThat(sent.size()).isPositive();
    assertThat(sent.header("ot.device")).isEqualTo("press1");
    assertThat(sent.header("ot.protocol")).isEqualTo("modbus");
    assertThat(sent.header("ot.endpoint")).isEqualTo("tcp://10.0.0.5:502");
    assertThat(sent.header("ot.record")).isEqualTo("measurement");
    assertThat(sent.header("ot.path")).isEqualTo("acme/munich/press1/temperature");
    assertThat(sent.header("ot.tag")).isEqualTo("temperature");
    assertThat(sent.header("ot.connector")).isEqualTo("line1");
    assertThat(sent.field("connector")).isEqualTo("line1");
    assertThat(sent.field("is_historical")).isEqualTo(false);
    assertThat(sent.field("device")).isEqualTo("press1");
    assertThat(sent.field("tag")).isEqualTo("temperature");
    assertThat(sent.field("path")).isEqualTo("acme/munich/press1/temperature");
    assertThat(sent.field("protocol")).isEqualTo("modbus");
    assertThat(sent.field("event_time")).isEqualTo(new Date(MILLIS));
    assertThat(sent.field("event_time_ns")).isEqualTo(NANOS);
    assertThat(sent.field("ingest_time")).isEqualTo(new Date(MILLIS));
    assertThat(sent.field("type")).isEqualTo("FLOAT64");
    assertThat(sent.field("quality")).isEqualTo("GOOD");
    assertThat(sent.field("status")).isNull();
    assertThat(sent.field("unit")).isEqualTo("°C");
    ((Struct) sent.value()).validate();
  }

  @Test
  void namesWhatADeviceSpeaksWhereItsSettingsSaySo() {
    DeviceProtocol spoken = () -> "plc4x:s7";
    Device<DeviceProtocol> plc = new Device<>("plc1", "s7://10.0.0.7", spoken, Map.of());
    MappingSettings settings =
        Plant.settings(RecordLayout.MEASUREMENT, RecordKey.PATH, "plant.${protocol}");
    Measurement measurement =
        Measurement.good(Points.of(plc, Plant.tag("n", ValueType.INT16)), NANOS, new LongValue(7));

    Sent sent = Plant.map(RecordMapper.of(settings, List.of()).forDevice(plc), measurement).get(0);

    assertThat(sent.field("protocol")).isEqualTo("plc4x:s7");
    assertThat(sent.header("ot.protocol")).isEqualTo("plc4x:s7");
    assertThat(sent.topic()).isEqualTo("plant.plc4x_s7");
  }

  static Stream<Object[]> values() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("x", new DoubleValue(1.5));
    fields.put("n", new LongValue(7));
    return Stream.of(
        new Object[][] {
          {ValueType.BOOLEAN, Value.BooleanValue.TRUE, "BOOLEAN", true, null, null, null},
          {ValueType.INT8, new LongValue(-1), "INT8", null, -1L, -1.0, null},
          {
            ValueType.UINT64,
            new LongValue(Long.MAX_VALUE),
            "UINT64",
            null,
            Long.MAX_VALUE,
            0x1p63,
            null
          },
          {
            ValueType.UINT64,
            new BigValue(new BigInteger("18446744073709551615")),
            "UINT64",
            null,
            null,
            0x1p64,
            "18446744073709551615"
          },
          {ValueType.FLOAT32, new DoubleValue(0.5), "FLOAT32", null, null, 0.5, null},
          {ValueType.FLOAT64, new DoubleValue(Double.NaN), "FLOAT64", null, null, Double.NaN, null},
          {
            ValueType.FLOAT64,
            new DoubleValue(Double.NEGATIVE_INFINITY),
            "FLOAT64",
            null,
            null,
            Double.NEGATIVE_INFINITY,
            null
          },
          {ValueType.STRING, new TextValue("on"), "STRING", null, null, null, "on"},
          {
            ValueType.DATETIME,
            new InstantValue(Instant.parse("2024-02-29T12:00:00.123456Z")),
            "DATETIME",
            null,
            1_709_208_000_123L,
            null,
            "2024-02-29T12:00:00.123456Z"
          },
          {
            ValueType.INT16,
            new ArrayValue(ValueType.INT16, List.of(new LongValue(1), new LongValue(-2))),
            "JSON",
            null,
            null,
            null,
            "[1,-2]"
          },
          {
            ValueType.JSON,
            new StructValue("Point", fields),
            "JSON",
            null,
            null,
            null,
            "{\"x\":1.5,\"n\":7}"
          },
        });
  }

  @ParameterizedTest
  @MethodSource("values")
  void putsAValueIntoTheFieldsOfItsKind(
      ValueType type,
      Value value,
      String recordType,
      Boolean truth,
      Long whole,
      Double real,
      String text) {
    Sent sent = one(good(tag("t", type), value));
    assertThat(sent.field("type")).isEqualTo(recordType);
    assertThat(sent.field("value_boolean")).isEqualTo(truth);
    assertThat(sent.field("value_long")).isEqualTo(whole);
    assertThat(sent.field("value_double")).isEqualTo(real);
    assertThat(sent.field("value_string")).isEqualTo(text);
    assertThat(sent.field("value_bytes")).isNull();
  }

  @Test
  void keepsBytes() {
    byte[] bytes = {1, -1};
    Sent sent = one(good(tag("t", ValueType.BYTES), new Value.BytesValue(bytes)));
    assertThat(sent.field("value_bytes")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(value = Quality.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
  void saysWhyThereIsNoValue(Quality quality) {
    Sent sent =
        one(
            new Measurement(
                Points.of(PRESS, TEMPERATURE),
                NANOS,
                NANOS,
                null,
                quality,
                "2 ILLEGAL_DATA_ADDRESS"));
    assertThat(sent.field("quality")).isEqualTo(quality.name());
    assertThat(sent.field("status")).isEqualTo("2 ILLEGAL_DATA_ADDRESS");
    assertThat(MeasurementSchema.SCHEMA.fields())
        .filteredOn(field -> field.name().startsWith("value_"))
        .allSatisfy(field -> assertThat(sent.field(field.name())).isNull());
  }

  @Test
  void overlaysTheAttributesOfTheDeviceByThoseOfTheTag() {
    Tag<String> tag = tag("t", ValueType.INT8, Map.of("line", "b", "asset", "P-1"));
    assertThat(one(good(tag, new LongValue(1))).field("attributes"))
        .isEqualTo("{\"area\":\"hall 2\",\"asset\":\"P-1\",\"line\":\"b\"}");
  }

  @Test
  void leavesOutAttributesWhereThereAreNone() {
    Device<String> bare = new Device<>("bare", "tcp://x", "", Map.of());
    DeviceMapper forBare =
        RecordMapper.of(settings(RecordLayout.MEASUREMENT), List.of()).forDevice(bare);
    Measurement measurement =
        Measurement.good(Points.of(bare, TEMPERATURE), NANOS, new DoubleValue(1));
    assertThat(Plant.map(forBare, measurement).get(0).field("attributes")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"PATH, acme/munich/press1/t", "DEVICE, press1", "TAG, t", "NONE,"})
  void keysByWhatIsAskedFor(RecordKey key, String expected) {
    DeviceMapper keyed =
        RecordMapper.of(settings(RecordLayout.MEASUREMENT, key, "p.${tag}"), List.of())
            .forDevice(PRESS);
    Sent sent = Plant.map(keyed, good(tag("t", ValueType.INT8), new LongValue(1))).get(0);
    assertThat(sent.key()).isEqualTo(expected);
    assertThat(sent.keySchema() == null).isEqualTo(key == RecordKey.NONE);
    assertThat(sent.topic()).isEqualTo("p.t");
  }

  @ParameterizedTest
  @CsvSource({"'', press1/t", "/, press1/t", "/acme/, acme/press1/t", "a/b, a/b/press1/t"})
  void hangsThePathIntoTheNamespace(String unsPath, String expected) {
    MappingSettings settings =
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.PATH,
            Template.compile("${path}", Vocabulary.MEASUREMENT),
            new RecordOrigin(unsPath, "modbus", "line1"),
            RecordForm.DEFAULT);
    Sent sent =
        Plant.map(
                RecordMapper.of(settings, List.of()).forDevice(PRESS),
                good(tag("t", ValueType.INT8), new LongValue(1)))
            .get(0);
    assertThat(sent.field("path")).isEqualTo(expected);
    assertThat(sent.topic()).isEqualTo(expected.replace('/', '_'));
  }

  @Test
  void mapsOnlyWhatIsReported() {
    Measurement first = good(TEMPERATURE, new DoubleValue(1));
    Measurement second = good(tag("t", ValueType.FLOAT64), new DoubleValue(2));
    assertThat(Plant.map(mapper, List.of(first, second), List.of(second)))
        .extracting(sent -> sent.field("tag"))
        .containsExactly("t");
  }

  @Test
  void givesEveryRecordItsOwnHeaders() {
    Sent first = one(good(TEMPERATURE, new DoubleValue(1)));
    first.headers().addString("added.by.a.transformation", "x");
    assertThat(one(good(TEMPERATURE, new DoubleValue(2))).headers()).hasSize(7);
  }

  @Test
  void addsTheHeadersOfTheProtocol() {
    Tag<String> tag = TEMPERATURE.withHeaders(Map.of("modbus.unit", "7"));
    assertThat(one(good(tag, new DoubleValue(1))).header("modbus.unit")).isEqualTo("7");
    assertThat(one(good(TEMPERATURE, new DoubleValue(1))).header("modbus.unit")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"-5000000, 1000", "301001000000, 1000", "301000000000, 301000", "999999, 0"})
  void keepsTheKafkaTimestampToWhatABrokerTakes(long nanos, long kafkaMillis) {
    Measurement measurement =
        new Measurement(
            Points.of(PRESS, TEMPERATURE),
            nanos,
            1_000_000_000,
            new DoubleValue(1),
            Quality.GOOD,
            null);
    Sent sent = one(measurement);
    assertThat(sent.timestamp()).isEqualTo(kafkaMillis);
    assertThat(sent.field("event_time_ns")).isEqualTo(nanos);
    assertThat(sent.field("event_time")).isEqualTo(new Date(Math.floorDiv(nanos, 1_000_000)));
  }

  @Test
  void namesDeviceAndTagOfAnIllegalTopic() {
    DeviceMapper tooLong =
        RecordMapper.of(settings(RecordLayout.MEASUREMENT, RecordKey.PATH, "${tag}"), List.of())
            .forDevice(PRESS);
    Measurement measurement = good(tag("x".repeat(300), ValueType.INT8), new LongValue(1));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Plant.map(tooLong, measurement))
        .withMessageContaining("press1")
        .withMessageContaining("249");
  }

  @Test
  void findsIllegalTopicsBeforeAnythingRuns() {
    MappingSettings perTag = settings(RecordLayout.MEASUREMENT, RecordKey.PATH, "${tag}");
    assertThat(TopicProblems.find(perTag, PRESS, List.of(TEMPERATURE))).isEmpty();
    assertThat(TopicProblems.find(perTag, PRESS, List.of())).isEmpty();
    assertThat(
            TopicProblems.find(
                perTag, PRESS, List.of(TEMPERATURE, tag("x".repeat(300), ValueType.INT8))))
        .hasValueSatisfying(problem -> assertThat(problem).contains("press1", "249"));
    MappingSettings row = settings(RecordLayout.ROW, RecordKey.PATH, "${tag}");
    assertThat(TopicProblems.find(row, PRESS, List.of(TEMPERATURE)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("${tag}"));
  }

  @Test
  void takesVariablesOfTheProtocolForTheTopic() {
    Vocabulary mqtt = Vocabulary.MEASUREMENT.plus(Set.of("topic"), name -> false);
    MappingSettings settings =
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.PATH,
            Template.compile("mqtt.${topic}.${tag}", mqtt),
            new RecordOrigin("", "mqtt", "line1"),
            RecordForm.DEFAULT);
    Variables ofTag = Map.of("topic", "a/b")::get;
    Tag<Variables> tag =
        new Tag<>(
            "temperature",
            ofTag,
            ValueType.FLOAT64,
            Optional.empty(),
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            Map.of());
    DeviceMapper withTopic = RecordMapper.of(settings, List.of()).forDevice(PRESS);
    assertThat(Plant.map(withTopic, good(tag, new DoubleValue(1))).get(0).topic())
        .isEqualTo("mqtt.a_b.temperature");
  }

  @Test
  void tellsNumberAndLabelOfAnEnumeration() {
    Sent sent = one(good(tag("t", ValueType.INT32), new Value.EnumValue(2, "Running")));
    assertThat(sent.field("type")).isEqualTo("INT32");
    assertThat(sent.field("value_long")).isEqualTo(2L);
    assertThat(sent.field("value_double")).isEqualTo(2.0);
    assertThat(sent.field("value_string")).isEqualTo("Running");
  }

  static Stream<Object[]> valuesOfUnknownType() {
    return Stream.of(
        new Object[][] {
          {new LongValue(5), "INT64"},
          {new DoubleValue(0.5), "FLOAT64"},
          {new TextValue("on"), "STRING"},
          {Value.BooleanValue.TRUE, "BOOLEAN"},
          {new ArrayValue(ValueType.INT8, List.of()), "JSON"}
        });
  }

  @ParameterizedTest
  @MethodSource("valuesOfUnknownType")
  void namesTheTypeOfTheValueWhereTheTagHasNone(Value value, String type) {
    assertThat(one(good(tag("t", ValueType.UNKNOWN), value)).field("type")).isEqualTo(type);
  }

  @Test
  void inventsNoType() {
    Tag<String> tag = tag("t", ValueType.UNKNOWN);
    Sent bad = one(Measurement.bad(Points.of(PRESS, tag), NANOS, "NOT_FOUND"));
    assertThat(bad.field("type")).isEqualTo("UNKNOWN");
  }

  @Test
  void tellsWhatWasReadFromHistory() {
    Measurement live = good(TEMPERATURE, new DoubleValue(1));
    assertThat(one(live).field("is_historical")).isEqualTo(false);
    assertThat(one(live.asHistorical()).field("is_historical")).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({"86400000, 1700000000000, true", "86400001, 1700000000000, false", "12, 12, true"})
  void takesTheReceiptForTheKafkaTimestampOfValuesThatAreTooOld(
      long age, long ingestMillis, boolean takesEventTime) {
    long eventMillis = Math.max(0, ingestMillis - age);
    Sent sent = one(at(eventMillis, ingestMillis));
    assertThat(sent.timestamp()).isEqualTo(takesEventTime ? eventMillis : ingestMillis);
    assertThat(sent.field("event_time")).isEqualTo(new Date(eventMillis));
    assertThat(sent.field("ingest_time")).isEqualTo(new Date(ingestMillis));
  }

  @Test
  void takesTheReceiptForTheKafkaTimestampOfADeviceWhoseClockIsNotSet() {
    assertThat(one(at(12_000, MILLIS)).timestamp()).isEqualTo(MILLIS);
  }

  private static Measurement at(long eventMillis, long ingestMillis) {
    return new Measurement(
        Points.of(PRESS, TEMPERATURE),
        eventMillis * 1_000_000,
        ingestMillis * 1_000_000,
        new DoubleValue(1),
        Quality.GOOD,
        null);
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "JSON, false", "MAP, false", "HEADERS, true"})
  void hasAttributesInTheFormThatIsAskedFor(AttributesForm form, boolean hasHeaders) {
    Sent sent = one(new RecordForm(form, HeadersForm.OT, Duration.ofDays(1)));
    Object column =
        switch (form) {
          case JSON -> "{\"area\":\"hall 2\",\"asset\":\"P-1\",\"line\":\"a\"}";
          case MAP -> Map.of("area", "hall 2", "asset", "P-1", "line", "a");
          case NONE, HEADERS -> null;
        };
    assertThat(sent.field("attributes")).isEqualTo(column);
    assertThat(sent.schema()).isSameAs(MeasurementSchema.of(form));
    assertThat(sent.header("ot.attributes.asset")).isEqualTo(hasHeaders ? "P-1" : null);
    assertThat(sent.header("ot.attributes.area")).isEqualTo(hasHeaders ? "hall 2" : null);
    ((Struct) sent.value()).validate();
  }

  @Test
  void keepsOnlyTheKindOfTheRecordWithoutHeaders() {
    Sent sent = one(new RecordForm(AttributesForm.JSON, HeadersForm.NONE, Duration.ofDays(1)));
    assertThat(sent.headers())
        .singleElement()
        .satisfies(header -> assertThat(header.key()).isEqualTo("ot.record"))
        .satisfies(header -> assertThat(header.value()).isEqualTo("measurement"));
  }

  private static Sent one(RecordForm form) {
    MappingSettings usual = settings(RecordLayout.MEASUREMENT);
    MappingSettings settings =
        new MappingSettings(usual.layout(), usual.key(), usual.topic(), usual.origin(), form);
    Tag<String> tag =
        tag("t", ValueType.INT8, Map.of("asset", "P-1")).withHeaders(Map.of("modbus.unit", "7"));
    DeviceMapper mapper = RecordMapper.of(settings, List.of()).forDevice(PRESS);
    return Plant.map(mapper, good(tag, new LongValue(1))).get(0);
  }

  private Sent one(Measurement measurement) {
    List<Sent> sent = Plant.map(mapper, measurement);
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }
}
