// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static io.connectot.mqtt.source.session.SessionRig.commit;
import static io.connectot.mqtt.source.session.SessionRig.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.mqtt.source.session.ScriptedTransports.Connection;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MqttSessionTest {
  private final SessionRig rig = new SessionRig();

  @BeforeEach
  void patience() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void acknowledgesInTheOrderOfArrivalWhateverTheOrderOfCommits() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "one");
    connection.send(2, false, "a", "two more");
    connection.send(3, false, "a", "three");
    List<SourceRecord> records = rig.poll(4);
    assertThat(values(records)).containsExactly("one", "two", "more", "three");

    commit(records.get(3));
    commit(records.get(1));
    assertThat(connection.acknowledged()).isEmpty();
    commit(records.get(0));
    assertThat(connection.acknowledged()).containsExactly(1);
    commit(records.get(2));
    assertThat(connection.acknowledged()).containsExactly(1, 2, 3);
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.unacknowledgedBytes()).isZero();
  }

  @Test
  void acknowledgesAMessageWithoutRecordsInItsTurn() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "one");
    connection.send(2, false, "a", "nothing");
    connection.send(3, false, "a", "three");
    List<SourceRecord> records = rig.poll(2);
    assertThat(connection.acknowledged()).isEmpty();

    commit(records.get(0));

    assertThat(connection.acknowledged()).containsExactly(1, 2);
    assertThat(rig.count(TaskMetric.MESSAGES_WITHOUT_RECORD)).isEqualTo(1);
  }

  @Test
  void acknowledgesNothingOverAConnectionThatTheMessageDidNotComeOver() throws Exception {
    Connection first = rig.start();
    first.send(1, false, "a", "one");
    List<SourceRecord> old = rig.poll(1);
    first.lose("CONNECTION_LOST", false);
    Connection second = rig.broker.next();
    second.send(1, false, "a", "another");
    List<SourceRecord> current = rig.poll(1);

    commit(old.get(0));
    assertThat(first.acknowledged()).isEmpty();
    assertThat(second.acknowledged()).isEmpty();
    commit(current.get(0));
    assertThat(second.acknowledged()).containsExactly(1);
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.count(TaskMetric.ACKNOWLEDGEMENTS_STALE)).isEqualTo(1);
    await().untilAsserted(() -> assertThat(rig.count(TaskMetric.RECONNECTS)).isEqualTo(1));
  }

  @Test
  void adoptsWhatComesAgain() throws Exception {
    rig.broker.sessionPresent = true;
    Connection first = rig.start();
    first.send(1, false, "a", "pending");
    first.send(2, false, "a", "done");
    first.send(3, false, "a", "other");
    List<SourceRecord> records = rig.poll(3);
    commit(records.get(1));
    first.lose("CONNECTION_LOST", false);

    Connection second = rig.broker.nextConnected();
    second.send(1, true, "a", "pending");
    second.send(2, true, "a", "done");
    second.send(3, true, "a", "not the same");
    second.send(4, false, "a", "new");
    List<SourceRecord> news = rig.poll(4);
    assertThat(values(news)).containsExactly("not", "the", "same", "new");
    assertThat(second.acknowledged()).isEmpty();

    commit(records.get(0));
    assertThat(second.acknowledged()).containsExactly(1, 2);
    news.forEach(SessionRig::commit);
    assertThat(second.acknowledged()).containsExactly(1, 2, 3, 4);
    commit(records.get(2));
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.count(TaskMetric.DUPLICATES_ADOPTED)).isEqualTo(2);
  }

  @Test
  void aMessageThatComesAgainOverTheSameConnectionIsAcknowledgedOnce() throws Exception {
    Connection connection = rig.start();
    connection.sendExactlyOnce(1, false, "a", "one");
    connection.sendExactlyOnce(1, true, "a", "one");
    connection.sendExactlyOnce(2, true, "a", "two");
    List<SourceRecord> records = rig.poll(2);
    assertThat(values(records)).containsExactly("one", "two");

    records.forEach(SessionRig::commit);

    assertThat(connection.acknowledged()).containsExactly(1, 2);
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.count(TaskMetric.DUPLICATES_ADOPTED)).isEqualTo(1);
  }

  @Test
  void aBrokerThatIsAwayIsLeftForTheNextAndALostOneTriedAgain() throws Exception {
    rig.brokers = "tcp://gone:1883,tcp://broker:1883";
    rig.broker.away.add("gone");
    Connection first = rig.start();
    await().untilAsserted(() -> assertThat(rig.isConnected()).isTrue());
    assertThat(rig.broker.connects()).isEqualTo(2);

    rig.broker.sessionPresent = true;
    first.lose("CONNECTION_LOST", false);
    rig.broker.next();
    await().untilAsserted(() -> assertThat(rig.isConnected()).isTrue());
    assertThat(rig.broker.connects()).isEqualTo(3);
    assertThat(rig.pollEvents(3))
        .extracting(polled -> ((Struct) polled.value()).getString("state"))
        .containsExactly("ONLINE", "OFFLINE", "ONLINE");
  }

  @Test
  void subscribesOnceAsLongAsTheOnlyBrokerKeepsTheSession() throws Exception {
    Connection first = rig.start();
    await().untilAsserted(() -> assertThat(rig.isConnected()).isTrue());
    rig.broker.sessionPresent = true;
    first.lose("CONNECTION_LOST", false);
    Connection second = rig.broker.nextConnected();
    await().untilAsserted(() -> assertThat(rig.isConnected()).isTrue());
    assertThat(rig.broker.log()).hasSize(1);

    rig.broker.sessionPresent = false;
    second.lose("CONNECTION_LOST", false);
    rig.broker.next();
    assertThat(rig.broker.log()).hasSize(2);
  }

  @Test
  void adoptsWhatComesAgainAndAgain() throws Exception {
    rig.broker.sessionPresent = true;
    Connection connection = rig.start();
    connection.send(7, false, "a", "once");
    List<SourceRecord> records = rig.poll(1);
    for (int i = 0; i < 3; i++) {
      connection.lose("CONNECTION_LOST", false);
      connection = rig.broker.nextConnected();
      connection.send(7, true, "a", "once");
      assertThat(rig.unacknowledged()).isEqualTo(1);
    }
    connection.send(8, false, "a", "next");
    List<SourceRecord> next = rig.poll(1);
    assertThat(values(next)).containsExactly("next");

    commit(records.get(0));
    commit(next.get(0));
    assertThat(connection.acknowledged()).containsExactly(7, 8);
    assertThat(rig.unacknowledged()).isZero();
  }

  @Test
  void adoptsNothingOfASessionThatTheBrokerForgot() throws Exception {
    rig.broker.sessionPresent = true;
    Connection first = rig.start();
    first.send(1, false, "a", "same");
    List<SourceRecord> records = rig.poll(1);
    rig.broker.sessionPresent = false;
    first.lose("CONNECTION_LOST", false);

    Connection second = rig.broker.next();
    second.send(1, true, "a", "same");

    List<SourceRecord> again = rig.poll(1);
    commit(again.get(0));
    assertThat(second.acknowledged()).containsExactly(1);
    commit(records.get(0));
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.count(TaskMetric.SESSIONS_LOST)).isEqualTo(1);
    assertThat(rig.count(TaskMetric.GAPS)).isEqualTo(1);
  }

  @Test
  void stopsReadingUntilHalfIsAcknowledged() throws Exception {
    Connection connection = rig.start();
    for (int id = 1; id <= 9; id++) {
      connection.send(id, false, "a", "m" + id);
    }
    assertThat(connection.reading).isTrue();
    connection.send(10, false, "a", "m10");
    assertThat(connection.reading).isFalse();

    List<SourceRecord> records = rig.poll(10);
    records.subList(0, 4).forEach(SessionRig::commit);
    assertThat(connection.reading).isFalse();
    commit(records.get(4));
    assertThat(connection.reading).isTrue();
    assertThat(rig.count(TaskMetric.READING_PAUSED)).isEqualTo(1);
    assertThat(connection.closed).isFalse();
  }

  @Test
  void bytesCountAsWell() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "x".repeat(2000));
    assertThat(connection.reading).isFalse();

    commit(rig.poll(1).get(0));

    assertThat(connection.reading).isTrue();
    assertThat(rig.unacknowledgedBytes()).isZero();
  }

  @Test
  void disconnectsWhenKafkaTakesNothingForLongAndComesBackWhenItHasHalf() throws Exception {
    rig.broker.sessionPresent = true;
    Connection first = rig.start();
    for (int id = 1; id <= 10; id++) {
      first.send(id, false, "a", "m" + id);
    }
    List<SourceRecord> records = rig.poll(10);
    rig.tick.addAndGet(TimeUnit.SECONDS.toNanos(11));
    await().until(() -> first.closed);
    assertThat(first.farewell).isTrue();

    records.subList(0, 4).forEach(SessionRig::commit);
    assertThat(rig.broker.nobodyElse()).isTrue();
    commit(records.get(4));
    Connection second = rig.broker.nextConnected();
    for (int id = 1; id <= 10; id++) {
      second.send(id, true, "a", "m" + id);
    }
    await().untilAsserted(() -> assertThat(second.acknowledged()).containsExactly(1, 2, 3, 4, 5));
    records.subList(5, 10).forEach(SessionRig::commit);

    assertThat(second.acknowledged()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(rig.unacknowledged()).isZero();
    assertThat(rig.count(TaskMetric.DISCONNECTS_OVERLOAD)).isEqualTo(1);
    assertThat(rig.count(TaskMetric.DUPLICATES_ADOPTED)).isEqualTo(10);
  }

  @Test
  void whatWaitsForRoomReachesKafkaWithoutAConnection() throws Exception {
    try (SessionRig full = new SessionRig(3)) {
      full.broker.sessionPresent = true;
      Connection first = full.start();
      full.pollEvents(1);
      for (int id = 1; id <= 10; id++) {
        first.send(id, false, "a", "m" + id);
      }
      full.tick.addAndGet(TimeUnit.SECONDS.toNanos(11));
      await().until(() -> first.closed);

      for (int id = 1; id <= 10; id++) {
        SourceRecord next = full.poll(1).get(0);
        assertThat(next.value()).isEqualTo("m" + id);
        commit(next);
      }

      Connection second = full.broker.nextConnected();
      for (int id = 1; id <= 10; id++) {
        second.send(id, true, "a", "m" + id);
      }
      await().untilAsserted(() -> assertThat(second.acknowledged()).hasSize(10));
      assertThat(full.unacknowledged()).isZero();
    }
  }

  @Test
  void aMessageThatCannotBeReadFailsTheTaskAlsoWithoutAConnection() throws Exception {
    try (SessionRig full = new SessionRig(1)) {
      Connection first = full.start();
      for (int id = 1; id <= 9; id++) {
        first.send(id, false, "a", "m" + id);
      }
      first.send(10, false, "a", "poison");
      full.tick.addAndGet(TimeUnit.SECONDS.toNanos(11));
      await().until(() -> first.closed);

      full.poll(9);

      assertThat(full.failures.poll(30, TimeUnit.SECONDS))
          .isInstanceOf(FatalSourceException.class)
          .hasMessageContaining("cannot read a");
    }
  }

  @Test
  void disconnectsAtOnceFromABrokerThatCannotBeHeldBack() throws Exception {
    rig.broker.pausable = false;
    Connection first = rig.start();
    for (int id = 1; id <= 25; id++) {
      first.send(id, false, "a", "m" + id);
    }

    assertThat(rig.unacknowledged()).isEqualTo(21);
    await().until(() -> first.closed);
    rig.poll(21).forEach(SessionRig::commit);
    assertThat(rig.broker.next().closed).isFalse();
    assertThat(rig.unacknowledged()).isZero();
  }

  @Test
  void fleetingMessagesAreDroppedAndCountedWhenTooManyWait() throws Exception {
    try (SessionRig full = new SessionRig(1)) {
      Connection connection = full.start();
      full.pollEvents(1);
      for (int i = 1; i <= 40; i++) {
        connection.sendFleeting("a", "m" + i);
      }
      assertThat(full.count(TaskMetric.MESSAGES_DROPPED)).isBetween(1L, 30L);
      int kept = 40 - (int) full.count(TaskMetric.MESSAGES_DROPPED);
      List<Object> values = values(full.poll(kept));
      // Those that find room are kept, at first ten, and later as many as were taken meanwhile.
      assertThat(values)
          .hasSize(kept)
          .startsWith("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10");
      assertThat(connection.acknowledged()).isEmpty();
    }
  }

  @Test
  void theOldestFleetingMessagesAreDroppedWhenAskedFor() throws Exception {
    try (SessionRig full = new SessionRig(1)) {
      full.overflow = OverflowPolicy.DROP_OLDEST;
      Connection connection = full.start();
      full.pollEvents(1);
      for (int i = 1; i <= 40; i++) {
        connection.sendFleeting("a", "m" + i);
      }
      int kept = 40 - (int) full.count(TaskMetric.MESSAGES_DROPPED);
      List<Object> values = values(full.poll(kept));
      assertThat(values).hasSize(kept).endsWith("m38", "m39", "m40");
    }
  }

  @Test
  void aSessionThatOthersTakeFailsTheTaskAndNamesTheClient() throws Exception {
    Connection connection = rig.start();
    for (int i = 1; i <= 3; i++) {
      connection.lose("0x8E SESSION_TAKEN_OVER", true);
      if (i < 3) {
        connection = rig.broker.next();
      }
    }
    Throwable failure = rig.failures.poll(30, TimeUnit.SECONDS);
    assertThat(failure)
        .isInstanceOf(FatalSourceException.class)
        .hasMessageContaining("client-0")
        .hasMessageContaining("mqtt.client.id");
    assertThat(rig.count(TaskMetric.TAKE_OVERS)).isEqualTo(3);
  }

  @Test
  void aMessageThatCannotBeReadFailsTheTaskAfterTheOnesBeforeIt() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "good");
    connection.send(2, false, "a", "poison");

    assertThat(values(rig.poll(1))).containsExactly("good");
    assertThat(rig.failures.poll(30, TimeUnit.SECONDS))
        .isInstanceOf(FatalSourceException.class)
        .hasMessageContaining("cannot read a");
  }

  @Test
  void everyRecordCarriesWhatTheSessionIsSubscribedTo() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "one");
    rig.poll(1);
    await()
        .untilAsserted(
            () -> {
              connection.sendFleeting("a", "next");
              SourceRecord next = rig.poll(1).get(0);
              assertThat(next.sourcePartition()).isEqualTo(SessionOffset.partition("client-0"));
              assertThat(SessionOffset.of(next.sourceOffset()))
                  .contains(new SessionOffset(List.of("#"), 1_000_000, 1, 1));
            });
  }

  @Test
  void tellsOfComingGoingAndWhatMayBeMissing() throws Exception {
    rig.before = Optional.of(new SessionOffset(List.of("#"), 6000, 1, 1));
    Connection connection = rig.start();
    List<SourceRecord> news = rig.pollEvents(2);
    boolean gapFirst = news.get(0).valueSchema().name().endsWith("Gap");
    Struct gap = (Struct) news.get(gapFirst ? 0 : 1).value();
    assertThat(gap.getString("device")).isEqualTo("client-0");
    assertThat(gap.get("gap_start")).isEqualTo(new Date(6000));
    Struct online = (Struct) news.get(gapFirst ? 1 : 0).value();
    assertThat(online.getString("state")).isEqualTo("ONLINE");
    assertThat(online.getString("endpoint")).isEqualTo("tcp://broker:1883");

    rig.broker.sessionPresent = true;
    connection.lose("CONNECTION_LOST", false);
    List<SourceRecord> more = rig.pollEvents(2);
    assertThat(((Struct) more.get(0).value()).getString("state")).isEqualTo("OFFLINE");
    assertThat(((Struct) more.get(0).value()).getString("cause")).contains("CONNECTION_LOST");
    assertThat(((Struct) more.get(1).value()).getString("state")).isEqualTo("ONLINE");
  }

  @Test
  void aGapHasNoStartWhenTheClockWasSetBack() throws Exception {
    rig.before = Optional.of(new SessionOffset(List.of("#"), 9_000_000, 1, 1));
    rig.start();
    Struct gap =
        rig.pollEvents(2).stream()
            .map(polled -> (Struct) polled.value())
            .filter(value -> value.schema().name().endsWith("Gap"))
            .findFirst()
            .orElseThrow();
    assertThat(gap.get("gap_start")).isNull();
    assertThat((Date) gap.get("gap_end")).isBefore(new Date(9_000_000));
    assertThat(gap.get("missed_scans")).isNull();
  }

  @Test
  void aRefusedSubscriptionDoesNotStopTheOthers() throws Exception {
    rig.subscriptions =
        List.of(
            new SourceSubscription("mine", "mine/#", 2, RetainedPolicy.SKIP),
            new SourceSubscription("theirs", "theirs/#", 0, RetainedPolicy.ONLY_NEW));
    rig.broker.refused.add("theirs/#");
    Connection connection = rig.start();
    assertThat(rig.broker.log())
        .containsExactly("subscribe mine/# NEVER", "subscribe theirs/# IF_NEW");
    Struct status = (Struct) rig.pollEvents(2).get(1).value();
    assertThat(status.getString("state")).isEqualTo("DEGRADED");
    assertThat(status.getString("cause")).contains("theirs/#").contains("NOT_AUTHORIZED");
    assertThat(rig.count(TaskMetric.SUBSCRIPTIONS_REFUSED)).isEqualTo(1);
    connection.send(1, false, "mine/1", "one");
    assertThat(values(rig.poll(1))).containsExactly("one");
  }

  @Test
  void aStoppedSessionStillAcknowledgesAndSaysFarewell() throws Exception {
    Connection connection = rig.start();
    connection.send(1, false, "a", "one");
    SourceRecord one = rig.poll(1).get(0);
    rig.quiesce();
    commit(one);
    assertThat(connection.acknowledged()).containsExactly(1);

    rig.close();

    assertThat(connection.farewell).isTrue();
    assertThat(rig.broker.log()).noneMatch(entry -> entry.startsWith("unsubscribe"));
    commit(one);
    assertThat(connection.acknowledged()).containsExactly(1);
  }
}
