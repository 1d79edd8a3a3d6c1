// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples;
import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import io.connectot.core.model.DeviceEvent.Origin;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class DeviceEventMapperTest {
  private final List<Sent> sent = new ArrayList<>();
  private final DeviceEventMapper mapper = mapper(true);

  @Test
  void tellsAnAlarm() {
    mapper.map(alarm(true, Optional.empty()), MappingSamples.into(sent));
    assertThat(sent).hasSize(1);
    Sent record = sent.get(0);
    assertThat(record.topic()).isEqualTo("events.press1");
    assertThat(record.key()).isEqualTo("acme/munich/press1/i=7");
    assertThat(record.schema()).isSameAs(DeviceEventSchema.SCHEMA);
    assertThat(record.schema().name()).isEqualTo("io.connectot.Event");
    assertThat(record.timestamp()).isEqualTo(MappingSamples.MILLIS);
    assertThat(record.field("event_time_ns")).isEqualTo(MappingSamples.NANOS);
    assertThat(record.field("event_type")).isEqualTo("LevelAlarm");
    assertThat(record.field("source_name")).isEqualTo("Tank");
    assertThat(record.field("severity")).isEqualTo(700);
    assertThat(record.field("active")).isEqualTo(true);
    assertThat(record.field("confirmed")).isNull();
    assertThat(record.field("retain")).isEqualTo(true);
    // A time is its ISO text, quoted once as the JSON around it demands.
    assertThat(record.field("fields"))
        .isEqualTo("{\"Limit\":5,\"Zone\":\"hall\",\"Since\":\"2024-02-29T12:00:00.123456Z\"}");
    ((Struct) record.value()).validate();
  }

  @Test
  void deletesWhatConcernsNobodyAnyMore() {
    mapper.map(alarm(false, Optional.of("b1")), MappingSamples.into(sent));
    assertThat(sent).extracting(Sent::key).containsOnly("acme/munich/press1/i=7/b1");
    assertThat(sent).extracting(record -> record.value() == null).containsExactly(false, true);
  }

  @Test
  void deletesNothingWhenNotAskedTo() {
    mapper(false).map(alarm(false, Optional.empty()), MappingSamples.into(sent));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).field("retain")).isEqualTo(false);
  }

  @Test
  void keysAnEventWithoutStateByWhatItIsAbout() {
    mapper.map(event(Optional.empty(), Map.of()), MappingSamples.into(sent));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).key()).isEqualTo("acme/munich/press1/i=6");
    assertThat(sent.get(0).field("retain")).isNull();
    assertThat(sent.get(0).field("fields")).isNull();
    ((Struct) sent.get(0).value()).validate();
  }

  @Test
  void aFieldThatDoesNotFitSaysSoAndTheOthersGoOn() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("Zone", new TextValue("hall"));
    fields.put("Image", new TextValue("x".repeat(2_097_152)));
    mapper.map(event(Optional.empty(), fields), MappingSamples.into(sent));
    assertThat(sent.get(0).field("fields"))
        .isEqualTo(
            "{\"Zone\":\"hall\",\"Image\":\"VALUE_TOO_LARGE 2097152 bytes, record.max.bytes is"
                + " 1000000\"}");
  }

  @Test
  void aMessageThatDoesNotFitIsCut() {
    DeviceEvent event = event(Optional.empty(), Map.of(), "x".repeat(2_097_152));
    mapper.map(event, MappingSamples.into(sent));
    assertThat((String) sent.get(0).field("message")).endsWith("x...").hasSizeLessThan(300_000);
  }

  private static DeviceEventMapper mapper(boolean tombstones) {
    return new DeviceEventMapper(
        settings(RecordLayout.MEASUREMENT),
        NameTemplate.compile("events.${device}", Vocabulary.DEVICE),
        tombstones);
  }

  private static DeviceEvent alarm(boolean retain, Optional<String> branch) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("Limit", new LongValue(5));
    fields.put("Zone", new TextValue("hall"));
    fields.put("Since", new InstantValue(Instant.parse("2024-02-29T12:00:00.123456Z")));
    Condition condition =
        new Condition(
            "i=7",
            Optional.of("Level"),
            branch,
            retain,
            Optional.of(retain),
            Optional.of(true),
            Optional.empty(),
            Optional.of(false),
            Optional.of("0x00000000 Good"),
            Optional.empty());
    return event(Optional.of(condition), fields);
  }

  private static DeviceEvent event(Optional<Condition> condition, Map<String, Value> fields) {
    return event(condition, fields, "high");
  }

  private static DeviceEvent event(
      Optional<Condition> condition, Map<String, Value> fields, String message) {
    return new DeviceEvent(
        PRESS,
        "LevelAlarm",
        new Origin("i=6", "Tank"),
        Optional.of("01ff"),
        MappingSamples.NANOS,
        MappingSamples.NANOS + 1_000_000,
        700,
        Optional.of(message),
        condition,
        false,
        fields);
  }
}
