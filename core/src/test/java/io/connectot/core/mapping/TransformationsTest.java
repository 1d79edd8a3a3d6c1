// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.good;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.event.DeviceEventMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Cast;
import org.apache.kafka.connect.transforms.DropHeaders;
import org.apache.kafka.connect.transforms.ExtractField;
import org.apache.kafka.connect.transforms.Filter;
import org.apache.kafka.connect.transforms.Flatten;
import org.apache.kafka.connect.transforms.HeaderFrom;
import org.apache.kafka.connect.transforms.HoistField;
import org.apache.kafka.connect.transforms.InsertField;
import org.apache.kafka.connect.transforms.InsertHeader;
import org.apache.kafka.connect.transforms.MaskField;
import org.apache.kafka.connect.transforms.RegexRouter;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.apache.kafka.connect.transforms.SetSchemaMetadata;
import org.apache.kafka.connect.transforms.TimestampConverter;
import org.apache.kafka.connect.transforms.TimestampRouter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.ValueToKey;
import org.apache.kafka.connect.transforms.predicates.HasHeaderKey;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.apache.kafka.connect.transforms.predicates.RecordIsTombstone;
import org.apache.kafka.connect.transforms.predicates.TopicNameMatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transformations of Kafka's distribution accept every kind of record. */
class TransformationsTest {
  private static final Instant SINCE = Instant.parse("2024-02-29T12:00:00Z");

  /** A transformation with its configuration; not for records without a value if it needs one. */
  private record Case(
      Transformation<SourceRecord> transformation, Map<String, String> config, boolean needsValue) {
    Case(Transformation<SourceRecord> transformation, Map<String, String> config) {
      this(transformation, config, false);
    }

    @Override
    public String toString() {
      return transformation.getClass().getName() + config;
    }
  }

  /** For values of any type. */
  static Stream<Case> ofAnyValue() {
    return Stream.of(
        new Case(new DropHeaders<>(), Map.of("headers", "ot.record,ot.path")),
        new Case(new Filter<>(), Map.of()),
        new Case(new HoistField.Value<>(), Map.of("field", "value")),
        new Case(new InsertHeader<>(), Map.of("header", "site", "value.literal", "munich")),
        new Case(new RegexRouter<>(), Map.of("regex", "(.*)", "replacement", "plant-$1")),
        new Case(new TimestampRouter<>(), Map.of("topic.format", "${topic}-${timestamp}")));
  }

  /** For structures. */
  static Stream<Case> ofStructures() {
    String day = "yyyy-MM-dd";
    return Stream.concat(
        ofAnyValue(),
        Stream.of(
            new Case(new Cast.Value<>(), Map.of("spec", "device:string")),
            new Case(new ExtractField.Value<>(), Map.of("field", "path")),
            new Case(new Flatten.Value<>(), Map.of("delimiter", "_")),
            new Case(
                new HeaderFrom.Value<>(),
                Map.of("fields", "device,tag", "headers", "device,tag", "operation", "copy"),
                true),
            new Case(
                new InsertField.Value<>(),
                Map.of("timestamp.field", "kafka_time", "topic.field", "kafka_topic")),
            new Case(
                new InsertField.Value<>(),
                Map.of("static.field", "plant_name", "static.value", "munich")),
            new Case(
                new MaskField.Value<>(), Map.of("fields", "endpoint,cause,value_string"), true),
            new Case(new ReplaceField.Value<>(), Map.of("exclude", "attributes,unit")),
            new Case(new ReplaceField.Value<>(), Map.of("renames", "path:uns_path,tag:tag_name")),
            new Case(new SetSchemaMetadata.Value<>(), Map.of("schema.name", "acme.Record")),
            time("event_time", "string", day),
            time("ingest_time", "unix", ""),
            time("since", "string", day),
            time("valid_until", "Date", ""),
            time("gap_start", "string", day),
            time("gap_end", "unix", ""),
            new Case(
                new ValueToKey<>(), Map.of("fields", "path,device,tag,protocol,connector"), true)));
  }

  private static Case time(String field, String type, String format) {
    return new Case(
        new TimestampConverter.Value<>(),
        Map.of("field", field, "target.type", type, "format", format));
  }

  @ParameterizedTest
  @MethodSource("ofStructures")
  void structuresOfEveryKindAreAccepted(Case transformation) {
    for (SourceRecord record : structures()) {
      if (record.value() != null || !transformation.needsValue()) {
        accept(transformation, record);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofAnyValue")
  void bareValuesOfEveryTypeAreAccepted(Case transformation) {
    for (SourceRecord record : bareValues()) {
      accept(transformation, record);
    }
  }

  @Test
  void predicatesSelectByHeaderAndByTopic() {
    for (SourceRecord record : structures()) {
      assertThat(predicate(new HasHeaderKey<>(), Map.of("name", "ot.record")).test(record))
          .isTrue();
      assertThat(predicate(new TopicNameMatches<>(), Map.of("pattern", "gaps.*")).test(record))
          .isEqualTo(record.topic().startsWith("gaps"));
      assertThat(predicate(new RecordIsTombstone<>(), Map.of()).test(record))
          .isEqualTo(record.value() == null);
    }
  }

  @Test
  void keyHasTheSameFieldsForEveryKind() {
    Case toKey = new Case(new ValueToKey<>(), Map.of("fields", "device,tag"));
    for (SourceRecord record : structures()) {
      if (record.value() != null) {
        Struct key = (Struct) accept(toKey, record).key();
        assertThat(key.get("device")).as(record.topic()).isEqualTo("press1");
        assertThat(key.schema().field("tag").schema().isOptional()).as(record.topic()).isTrue();
      }
    }
  }

  private static Predicate<SourceRecord> predicate(
      Predicate<SourceRecord> predicate, Map<String, String> config) {
    predicate.configure(config);
    return predicate;
  }

  /** Transforms the record and converts the result, which validates its schema. */
  private static SourceRecord accept(Case transformation, SourceRecord record) {
    try (Transformation<SourceRecord> configured = transformation.transformation();
        JsonConverter converter = new JsonConverter()) {
      Map<String, String> config = new HashMap<>(transformation.config());
      config.values().removeIf(String::isEmpty);
      configured.configure(config);
      SourceRecord made = configured.apply(record);
      if (made != null) {
        converter.configure(Map.of("schemas.enable", "true"), false);
        converter.fromConnectData(made.topic(), made.valueSchema(), made.value());
        converter.fromConnectData(made.topic(), made.keySchema(), made.key());
      }
      return made;
    }
  }

  /** Records of every kind whose value is a structure, and tombstones. */
  private static List<SourceRecord> structures() {
    List<Sent> sent = new ArrayList<>();
    for (RecordLayout layout : List.of(RecordLayout.MEASUREMENT, RecordLayout.ROW)) {
      sent.addAll(mapped(layout));
    }
    EventMapper mapper =
        new EventMapper(
            settings(RecordLayout.MEASUREMENT),
            new EventTopics(topic("statuses"), topic("gaps"), Duration.ofSeconds(60)));
    for (DeviceState state : DeviceState.values()) {
      mapper.map(
          new DeviceStatus(PRESS, state, SINCE, "no route", "tcp://x"),
          SINCE,
          MappingSamples.into(sent));
    }
    for (Instant start : new Instant[] {SINCE, null}) {
      for (Optional<Tag<?>> tag :
          List.<Optional<Tag<?>>>of(
              Optional.empty(), Optional.of(tag("temp", ValueType.FLOAT32)))) {
        mapper.map(
            new Gap(PRESS, tag, start, SINCE.plusSeconds(9), "away", OptionalLong.empty(), false),
            SINCE,
            MappingSamples.into(sent));
      }
    }
    DeviceEventMapper events =
        new DeviceEventMapper(
            settings(RecordLayout.MEASUREMENT),
            NameTemplate.compile("events.${device}", Vocabulary.DEVICE),
            true);
    for (DeviceEvent event : events()) {
      events.map(event, MappingSamples.into(sent));
    }
    assertThat(sent).extracting(Sent::value).containsNull();
    return sent.stream().map(TransformationsTest::record).toList();
  }

  private static Optional<NameTemplate> topic(String name) {
    return Optional.of(NameTemplate.compile(name + ".${device}", Vocabulary.DEVICE));
  }

  private static List<SourceRecord> bareValues() {
    return mapped(RecordLayout.VALUE).stream().map(TransformationsTest::record).toList();
  }

  /** Values of every type and a value that is missing, as records of a layout. */
  private static List<Sent> mapped(RecordLayout layout) {
    List<Measurement> scan = new ArrayList<>();
    List<Tag<String>> tags = new ArrayList<>();
    MappingSamples.samples()
        .forEach(
            (type, values) -> {
              for (Value value : values) {
                Tag<String> tag = tag(type.name().toLowerCase(Locale.ROOT) + scan.size(), type);
                tags.add(tag);
                scan.add(good(tag, value));
              }
            });
    Tag<String> missing = tag("missing", ValueType.INT16);
    tags.add(missing);
    scan.add(
        Measurement.bad(Points.of(PRESS, missing), MappingSamples.NANOS, "ILLEGAL_DATA_ADDRESS"));
    return MappingSamples.map(
        RecordMapper.of(settings(layout), tags).forDevice(PRESS), scan.toArray(Measurement[]::new));
  }

  /** An alarm whose end leaves a tombstone, and an event without state. */
  private static List<DeviceEvent> events() {
    DeviceEvent.Condition condition =
        new DeviceEvent.Condition(
            "i=7",
            Optional.of("Level"),
            Optional.of("b1"),
            false,
            Optional.of(false),
            Optional.of(true),
            Optional.empty(),
            Optional.of(false),
            Optional.of("0x00000000 Good"),
            Optional.empty());
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("Limit", new Value.LongValue(5));
    return List.of(event(Optional.of(condition), fields), event(Optional.empty(), Map.of()));
  }

  private static DeviceEvent event(
      Optional<DeviceEvent.Condition> condition, Map<String, Value> fields) {
    return new DeviceEvent(
        PRESS,
        "LevelAlarm",
        new DeviceEvent.Origin("i=6", "Tank"),
        Optional.of("01ff"),
        MappingSamples.NANOS,
        MappingSamples.NANOS + 1_000_000,
        700,
        Optional.of("high"),
        condition,
        false,
        fields);
  }

  private static SourceRecord record(Sent sent) {
    return new SourceRecord(
        Map.of("device", "press1"),
        Map.of("at", 1L),
        sent.topic(),
        null,
        sent.keySchema(),
        sent.key(),
        sent.schema(),
        sent.value(),
        sent.timestamp(),
        sent.headers());
  }
}
