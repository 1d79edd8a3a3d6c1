// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class StatusHeartbeatsTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int MANY = 1000;

  private final ManualClock time = new ManualClock();
  private final StatusHeartbeats statuses = statuses(Optional.of("status"));
  private final RecordBatch batch = new RecordBatch();

  private StatusHeartbeats statuses(Optional<String> topic) {
    MappingSettings mapping =
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.NONE,
            NameTemplate.compile("values", Vocabulary.MEASUREMENT),
            new RecordOrigin("plant", "fake", "c"),
            RecordForm.DEFAULT);
    Optional<NameTemplate> status =
        topic.map(text -> NameTemplate.compile(text, Vocabulary.DEVICE));
    return new StatusHeartbeats(
        new EventMapper(mapping, new EventTopics(status, Optional.empty(), HEARTBEAT)),
        HEARTBEAT,
        time.clock());
  }

  @Test
  void repeatsEveryStateAtTheInterval() {
    take(map("press", DeviceState.ONLINE));
    take(map("oven", DeviceState.OFFLINE));
    take(map("saw", DeviceState.DEGRADED));
    time.advance(HEARTBEAT.minusNanos(1));
    assertThat(due()).isEmpty();

    for (int i = 0; i < 3; i++) {
      time.advance(i == 0 ? Duration.ofNanos(1) : HEARTBEAT);
      assertThat(due()).containsExactly("press ONLINE", "oven OFFLINE", "saw DEGRADED");
      assertThat(due()).isEmpty();
    }
  }

  @Test
  void aRepetitionIsARecordOfThePresent() {
    DeviceStatus offline = status("press", DeviceState.OFFLINE);
    take(map(offline));
    time.advance(HEARTBEAT);

    SourceRecord repeated = statuses.due(MANY).get(0);

    assertThat(repeated.topic()).isEqualTo("status");
    assertThat(repeated.key()).isEqualTo("plant/press");
    assertThat(repeated.timestamp()).isEqualTo(time.epochNanos() / 1_000_000);
    assertThat(((Struct) repeated.value()).get("since")).isEqualTo(Date.from(offline.since()));
    assertThat(((Struct) repeated.value()).get("cause")).isEqualTo("gone");
    assertThat(((Struct) repeated.value()).get("valid_until"))
        .isEqualTo(new Date(repeated.timestamp() + 2 * HEARTBEAT.toMillis()));
    assertThat(repeated.sourcePartition()).isNull();
    assertThat(repeated.sourceOffset()).isNull();
  }

  @Test
  void aNewStatusStartsTheIntervalAgain() {
    take(map("press", DeviceState.ONLINE));
    time.advance(HEARTBEAT.dividedBy(2));
    take(map("press", DeviceState.OFFLINE));
    time.advance(HEARTBEAT.dividedBy(2));
    assertThat(due()).isEmpty();
    time.advance(HEARTBEAT.dividedBy(2));
    assertThat(due()).containsExactly("press OFFLINE");
  }

  @Test
  void repeatsNothingWhileANewStatusWaitsInTheBuffer() {
    take(map("press", DeviceState.ONLINE));
    take(map("oven", DeviceState.ONLINE));
    List<SourceRecord> offline = map("press", DeviceState.OFFLINE);
    time.advance(HEARTBEAT);
    assertThat(due()).containsExactly("oven ONLINE");

    statuses.taken(offline);
    assertThat(due()).isEmpty();
    time.advance(HEARTBEAT);
    assertThat(due()).containsExactly("oven ONLINE", "press OFFLINE");
  }

  @Test
  void repeatsWhatTheWorkerTookLastOfSeveralThatWaited() {
    List<SourceRecord> offline = map("press", DeviceState.OFFLINE);
    List<SourceRecord> online = map("press", DeviceState.ONLINE);
    statuses.taken(offline);
    time.advance(HEARTBEAT);
    assertThat(due()).isEmpty();
    statuses.taken(online);
    time.advance(HEARTBEAT);
    assertThat(due()).containsExactly("press ONLINE");
  }

  @Test
  void repeatsTheOldStatusWhenANewOneIsWithdrawn() {
    take(map("press", DeviceState.OFFLINE));
    DeviceStatus online = status("press", DeviceState.ONLINE);
    map(online);
    statuses.withdraw(online);
    statuses.withdraw(online);
    time.advance(HEARTBEAT);
    assertThat(due()).containsExactly("press OFFLINE");
  }

  @Test
  void knowsNothingToRepeatBeforeTheFirstStatus() {
    time.advance(HEARTBEAT);
    assertThat(due()).isEmpty();
    DeviceStatus never = status("press", DeviceState.ONLINE);
    map(never);
    statuses.withdraw(never);
    time.advance(HEARTBEAT);
    assertThat(due()).isEmpty();
    assertThat(statuses.untilDue(HEARTBEAT)).isEqualTo(HEARTBEAT);
  }

  @Test
  void doesNotPileUpWhileTheWorkerTakesNothing() {
    take(map("press", DeviceState.ONLINE));
    time.advance(HEARTBEAT.multipliedBy(1000));
    assertThat(due()).containsExactly("press ONLINE");
    assertThat(due()).isEmpty();
  }

  @Test
  void spreadsManyDevicesOverThePollsWithoutLeavingOneOut() {
    for (int i = 0; i < 25; i++) {
      take(map("press" + i, DeviceState.ONLINE));
    }
    time.advance(HEARTBEAT);
    List<String> repeated = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.due(10).forEach(each -> repeated.add(line(each)));
    }
    assertThat(repeated).hasSize(25).doesNotHaveDuplicates();
    assertThat(due()).isEmpty();
  }

  @Test
  void waitsNoLongerThanUntilTheNextIsDue() {
    Duration poll = Duration.ofMillis(500);
    assertThat(statuses.untilDue(poll)).isEqualTo(poll);
    take(map("press", DeviceState.ONLINE));
    assertThat(statuses.untilDue(poll)).isEqualTo(poll);
    time.advance(HEARTBEAT.minusMillis(100));
    assertThat(statuses.untilDue(poll)).isEqualTo(Duration.ofMillis(100));
    time.advance(HEARTBEAT);
    assertThat(statuses.untilDue(poll)).isEqualTo(Duration.ZERO);
    map("press", DeviceState.OFFLINE);
    assertThat(statuses.untilDue(poll)).isEqualTo(poll);
  }

  @Test
  void isNotMisledByAClockThatIsSet() {
    take(map("press", DeviceState.ONLINE));
    time.wallJumps(Duration.ofDays(-1));
    time.advance(HEARTBEAT);
    assertThat(due()).containsExactly("press ONLINE");
  }

  @Test
  void statesAreKnownWhileTheWorkerLivesAndUnknownTwoHeartbeatsAfterItWasKilled() {
    List<SourceRecord> kafka = new ArrayList<>();
    for (String device : List.of("press", "oven", "saw")) {
      List<SourceRecord> first = map(device, DeviceState.ONLINE);
      take(first);
      kafka.addAll(first);
      time.advance(Duration.ofMillis(700));
    }
    // The worker polls at least twice a second.
    for (int poll = 0; poll < 200; poll++) {
      time.advance(Duration.ofMillis(500));
      kafka.addAll(statuses.due(MANY));
      assertThat(valid(kafka)).hasSize(3);
    }
    time.advance(HEARTBEAT.multipliedBy(2));
    assertThat(valid(kafka)).isEmpty();
  }

  /** The devices whose state a consumer knows now. */
  private List<String> valid(List<SourceRecord> kafka) {
    Date now = new Date(time.epochNanos() / 1_000_000);
    return kafka.stream()
        .map(each -> (Struct) each.value())
        .filter(value -> ((Date) value.get("valid_until")).after(now))
        .map(value -> value.getString("device"))
        .distinct()
        .toList();
  }

  @Test
  void endsWithTheTask() {
    take(map("press", DeviceState.ONLINE));
    time.advance(HEARTBEAT);
    statuses.close();
    assertThat(due()).isEmpty();
  }

  @Test
  void doesNothingWithoutATopic() {
    StatusHeartbeats silent = statuses(Optional.empty());
    silent.map(status("press", DeviceState.ONLINE), batch);
    assertThat(batch.size()).isZero();
    time.advance(HEARTBEAT);
    assertThat(silent.due(MANY)).isEmpty();
  }

  private DeviceStatus status(String device, DeviceState state) {
    return new DeviceStatus(
        new Device<>(device, "tcp://" + device, "", Map.of()),
        state,
        Clock.instant(time.epochNanos()),
        state == DeviceState.ONLINE ? "" : "gone",
        "tcp://" + device);
  }

  private List<SourceRecord> map(String device, DeviceState state) {
    return map(status(device, state));
  }

  private List<SourceRecord> map(DeviceStatus status) {
    batch.clear();
    statuses.map(status, batch);
    return List.copyOf(batch.untracked(Map.of(), null, null));
  }

  private void take(List<SourceRecord> records) {
    statuses.taken(records);
  }

  private List<String> due() {
    return statuses.due(MANY).stream().map(StatusHeartbeatsTest::line).toList();
  }

  private static String line(SourceRecord each) {
    Struct value = (Struct) each.value();
    return value.getString("device") + " " + value.getString("state");
  }
}
