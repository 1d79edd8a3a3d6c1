// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples;
import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventMapperTest {
  private static final Instant SINCE = Instant.parse("2024-02-29T12:00:00Z");

  private static final DeviceStatus ONLINE =
      new DeviceStatus(PRESS, DeviceState.ONLINE, SINCE, "", "tcp://x");
  private static final Instant MADE = SINCE.plusSeconds(20);

  private final List<Sent> sent = new ArrayList<>();
  private final EventMapper mapper =
      new EventMapper(
          settings(RecordLayout.MEASUREMENT),
          new EventTopics(topic("status.${device}"), topic("gaps"), Duration.ofMinutes(1)));

  @Test
  void tellsThatADeviceIsAway() {
    mapper.map(
        new DeviceStatus(PRESS, DeviceState.OFFLINE, SINCE, "no route", "tcp://backup:502"),
        MADE,
        MappingSamples.into(sent));
    Sent status = sent.get(0);
    assertThat(status.topic()).isEqualTo("status.press1");
    assertThat(status.key()).isEqualTo("acme/munich/press1");
    assertThat(status.schema()).isSameAs(DeviceStatusSchema.SCHEMA);
    assertThat(status.timestamp()).isEqualTo(MADE.toEpochMilli());
    assertThat(status.header("ot.endpoint")).isEqualTo("tcp://backup:502");
    assertThat(status.field("device")).isEqualTo("press1");
    assertThat(status.field("state")).isEqualTo("OFFLINE");
    assertThat(status.field("since")).isEqualTo(Date.from(SINCE));
    assertThat(status.field("cause")).isEqualTo("no route");
    assertThat(status.field("endpoint")).isEqualTo("tcp://backup:502");
    assertThat(status.field("valid_until")).isEqualTo(Date.from(MADE.plusSeconds(120)));
    ((Struct) status.value()).validate();
  }

  @Test
  void hasNoCauseForADeviceThatIsThere() {
    mapper.map(ONLINE, MADE, MappingSamples.into(sent));
    assertThat(sent.get(0).field("cause")).isNull();
  }

  @ParameterizedTest
  @EnumSource(RecordKey.class)
  void keysAStatusByThePathOfItsDevice(RecordKey key) {
    mapper(key, topic("status"), topic("gaps")).map(ONLINE, MADE, MappingSamples.into(sent));
    assertThat(sent.get(0).key()).isEqualTo("acme/munich/press1");
  }

  @Test
  void writesStatusesAndGapsToTopicsOfTheirOwn() {
    Gap gap = new Gap(PRESS, Optional.empty(), SINCE, SINCE, "offline", false);
    EventMapper onlyGaps = mapper(RecordKey.PATH, Optional.empty(), topic("gaps"));
    onlyGaps.map(ONLINE, MADE, MappingSamples.into(sent));
    onlyGaps.map(gap, MADE, MappingSamples.into(sent));
    assertThat(sent).extracting(Sent::topic).containsExactly("gaps");

    EventMapper onlyStatuses = mapper(RecordKey.PATH, topic("status"), Optional.empty());
    onlyStatuses.map(gap, MADE, MappingSamples.into(sent));
    onlyStatuses.map(ONLINE, MADE, MappingSamples.into(sent));
    assertThat(sent).extracting(Sent::topic).containsExactly("gaps", "status");
  }

  @Test
  void tellsAGap() {
    Gap gap =
        new Gap(
            PRESS,
            Optional.empty(),
            SINCE,
            SINCE.plusSeconds(10),
            "offline",
            OptionalLong.of(10),
            false);
    mapper.map(gap, MADE, MappingSamples.into(sent));
    Sent record = sent.get(0);
    assertThat(record.schema()).isSameAs(GapSchema.SCHEMA);
    assertThat(record.timestamp()).isEqualTo(SINCE.plusSeconds(10).toEpochMilli());
    assertThat(record.field("tag")).isNull();
    assertThat(record.field("gap_start")).isEqualTo(Date.from(SINCE));
    assertThat(record.field("gap_end")).isEqualTo(Date.from(SINCE.plusSeconds(10)));
    assertThat(record.field("cause")).isEqualTo("offline");
    assertThat(record.field("missed_scans")).isEqualTo(10L);
    assertThat(record.field("filled")).isEqualTo(false);
    ((Struct) record.value()).validate();
  }

  @Test
  void namesTheTagOfAGap() {
    Gap gap =
        new Gap(PRESS, Optional.of(tag("t", ValueType.INT8)), SINCE, SINCE, "queue overflow", true);
    mapper.map(gap, MADE, MappingSamples.into(sent));
    assertThat(sent.get(0).field("tag")).isEqualTo("t");
    assertThat(sent.get(0).field("filled")).isEqualTo(true);
  }

  private static EventMapper mapper(
      RecordKey key, Optional<NameTemplate> status, Optional<NameTemplate> gaps) {
    MappingSettings usual = settings(RecordLayout.MEASUREMENT);
    return new EventMapper(
        new MappingSettings(usual.layout(), key, usual.topic(), usual.origin(), usual.form()),
        new EventTopics(status, gaps, Duration.ofMinutes(1)));
  }

  private static Optional<NameTemplate> topic(String text) {
    return Optional.of(NameTemplate.compile(text, Vocabulary.DEVICE));
  }
}
