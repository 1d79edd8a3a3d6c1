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

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.DeviceProtocol;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        MappingSamples.settings(RecordLayout.MEASUREMENT, RecordKey.PATH, "plant.${protocol}");
    Measurement measurement =
        Measurement.good(
            Points.of(plc, MappingSamples.tag("n", ValueType.INT16)), NANOS, new LongValue(7));

    Sent sent =
        MappingSamples.map(RecordMapper.of(settings, List.of()).forDevice(plc), measurement).get(0);

    assertThat(sent.field("protocol")).isEqualTo("plc4x:s7");
    assertThat(sent.header("ot.protocol")).isEqualTo("plc4x:s7");
    assertThat(sent.topic()).isEqualTo("plant.plc4x_s7");
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
    assertThat(MappingSamples.map(forBare, measurement).get(0).field("attributes")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"PATH, acme/munich/press1/t", "DEVICE, press1", "TAG, t", "NONE,"})
  void keysByWhatIsAskedFor(RecordKey key, String expected) {
    DeviceMapper keyed =
        RecordMapper.of(settings(RecordLayout.MEASUREMENT, key, "p.${tag}"), List.of())
            .forDevice(PRESS);
    Sent sent = MappingSamples.map(keyed, good(tag("t", ValueType.INT8), new LongValue(1))).get(0);
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
            NameTemplate.compile("${path}", Vocabulary.MEASUREMENT),
            new RecordOrigin(unsPath, "modbus", "line1"),
            RecordForm.DEFAULT);
    Sent sent =
        MappingSamples.map(
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
    assertThat(MappingSamples.map(mapper, List.of(first, second), List.of(second)))
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
        .isThrownBy(() -> MappingSamples.map(tooLong, measurement))
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
            NameTemplate.compile("mqtt.${topic}.${tag}", mqtt),
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
    assertThat(MappingSamples.map(withTopic, good(tag, new DoubleValue(1))).get(0).topic())
        .isEqualTo("mqtt.a_b.temperature");
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
    return MappingSamples.map(mapper, good(tag, new LongValue(1))).get(0);
  }

  private Sent one(Measurement measurement) {
    List<Sent> sent = MappingSamples.map(mapper, measurement);
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }
}
