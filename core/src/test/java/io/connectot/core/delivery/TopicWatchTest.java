// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.ManualClock;
import io.connectot.core.mapping.record.PreparedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a task notices that Kafka does not have a topic. This thread is that of the worker. */
class TopicWatchTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final ManualClock clock = new ManualClock();
  private final RecordsInFlight inFlight = RecordsInFlight.boundedByCount(clock::tick);
  private final List<ConnectException> interrupts = new ArrayList<>();
  private boolean inProducer = true;

  /** What the alarm would call, and after which time. */
  private Runnable due;

  private Duration dueAfter;

  private final TopicWatch watch = watch(null, false);

  private TopicWatch watch(Duration maxBlock, boolean transforms) {
    return new TopicWatch(
        new TopicWatch.Settings(TIMEOUT, maxBlock, transforms),
        clock.clock(),
        new TopicWatch.Alarm() {
          @Override
          public Runnable after(Duration time, Runnable call) {
            due = call;
            dueAfter = time;
            return () -> due = null;
          }

          @Override
          public void close() {
            due = null;
          }
        },
        inFlight,
        interrupts::add,
        thread -> inProducer);
  }

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void interruptsTheProducerAfterTheTimeout() {
    send(watch, record("plant.a"));
    assertThat(dueAfter).isEqualTo(TIMEOUT);
    clock.advance(TIMEOUT);
    watch.check();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupts)
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("Kafka topic plant.a")
                    .hasMessageContaining("MQTT topic t/a")
                    .hasMessageContaining("topic.timeout.ms=300000")
                    .hasMessageContaining("topic.creation.default.partitions"));
  }

  @Test
  void looksAgainWhenItIsTooEarly() {
    send(watch, record("plant.a"));
    clock.advance(TIMEOUT.minusSeconds(1));
    watch.check();
    assertThat(dueAfter).isEqualTo(Duration.ofSeconds(1));
    assertThat(interrupts).isEmpty();
  }

  /** An interrupt elsewhere would end the task as if it was stopped. */
  @Test
  void interruptsNothingButTheProducer() {
    inProducer = false;
    send(watch, record("plant.a"));
    clock.advance(TIMEOUT);
    watch.check();
    assertThat(interrupts).isEmpty();
    assertThat(due).isNotNull();
  }

  @Test
  void anInterruptThatComesTooLateIsTakenBack() {
    Iterator<SourceRecord> batch = send(watch, record("plant.a"));
    clock.advance(TIMEOUT);
    watch.check();
    assertThatThrownBy(() -> assertThat(batch.hasNext()).isFalse())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aStoppingTaskIsNotInterrupted() {
    send(watch, record("plant.a"));
    clock.advance(TIMEOUT);
    watch.check();
    watch.clearInterrupt();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** A failure that may pass: the worker iterates over the rest of the batch. */
  @Test
  void failsWhenTheWorkerTriesAgainForTooLong() {
    List<SourceRecord> batch = watch.watch(List.of(record("plant.a"), record("plant.a")));
    for (Duration passed = Duration.ZERO;
        passed.compareTo(TIMEOUT) < 0;
        passed = passed.plusMinutes(1)) {
      assertThat(batch.iterator().hasNext()).isTrue();
      batch.iterator().next();
      batch = batch.subList(0, batch.size());
      clock.advance(Duration.ofMinutes(1));
    }
    List<SourceRecord> rest = batch;
    assertThat(rest.iterator().hasNext()).isTrue();
    assertThatThrownBy(() -> rest.iterator().next())
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("plant.a");
  }

  @Test
  void failsWhenTheProducerGivesUpByItself() {
    Iterator<SourceRecord> batch = send(watch(Duration.ofSeconds(10), false), record("plant.a"));
    clock.advance(Duration.ofSeconds(10));
    assertThatThrownBy(() -> assertThat(batch.hasNext()).isFalse())
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("plant.a");
  }

  @Test
  void aTopicThatTookARecordIsWaitedForWithoutEnd() {
    watch.accepted("plant.a");
    List<SourceRecord> batch = List.of(record("plant.a"));
    assertThat(watch.watch(batch)).isSameAs(batch);
  }

  @Test
  void aTopicThatTookARecordMeanwhileIsNotBlamed() {
    Iterator<SourceRecord> batch =
        send(watch, record("plant.a"), record("plant.a"), record("plant.a"));
    assertThat(batch.hasNext()).isTrue();
    watch.accepted("plant.a");
    batch.next();
    clock.advance(TIMEOUT.multipliedBy(2));
    watch.check();
    assertThatCode(() -> assertThat(batch.hasNext()).isTrue()).doesNotThrowAnyException();
    assertThat(interrupts).isEmpty();
  }

  /** Records of topics that exist wait as well: Kafka is away. */
  @Test
  void anOutageIsNotBlamedOnATopic() {
    SourceRecord earlier = record("plant.known");
    inFlight.taken(List.of(earlier));
    send(watch, record("plant.a"));
    clock.advance(TIMEOUT.multipliedBy(3));
    watch.check();
    assertThat(interrupts).isEmpty();

    inFlight.done((TrackedRecord) earlier, null);
    watch.check();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupts).hasSize(1);
  }

  @Test
  void topicsThatCollideFailAtOnce() {
    assertThatThrownBy(() -> watch.watch(List.of(record("t.a.b"), record("t.a_b"))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("t.a_b")
        .hasMessageContaining("t.a.b")
        .hasMessageContaining("MQTT topic t/a")
        .hasMessageContaining("differ only in '.' and '_'");
  }

  /** E.g. RegexRouter writes all to one topic. */
  @Test
  void transformationsMayChangeTopicsThatCollide() {
    TopicWatch transforming = watch(null, true);
    assertThat(transforming.watch(List.of(record("t.a.b"), record("t.a_b")))).hasSize(2);
  }

  /** Until the worker is inside of the producer with the first record. */
  private static Iterator<SourceRecord> send(TopicWatch watch, SourceRecord... records) {
    Iterator<SourceRecord> batch = watch.watch(List.of(records)).iterator();
    assertThat(batch.hasNext()).isTrue();
    batch.next();
    return batch;
  }

  private static SourceRecord record(String topic) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("mqtt.topic", "t/a");
    return new TrackedRecord(
        Map.of(),
        Map.of(),
        new PreparedRecord(topic, null, null, Schema.STRING_SCHEMA, "x", 0, headers, 1),
        TrackedDelivery.UNTRACKED);
  }
}
