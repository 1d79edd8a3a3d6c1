// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.mqtt.MqttSinkTask.Patience;
import io.connectot.mqtt.sink.testing.FakeBroker;
import io.connectot.mqtt.sink.testing.FakeBroker.Sent;
import io.connectot.mqtt.sink.testing.FakeContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MqttSinkTaskTest {
  private static final TopicPartition P0 = new TopicPartition("plant", 0);
  private static final TopicPartition P1 = new TopicPartition("plant", 1);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final FakeBroker broker = new FakeBroker();
  private final MqttSinkTask task =
      new MqttSinkTask((config, clientId) -> broker, new Patience(LIMIT, SHORT, SHORT));
  private FakeContext context;

  private void start(boolean reporter, String... settings) {
    context = new FakeContext(reporter);
    context.assign(P0, P1);
    Map<String, String> props = new HashMap<>();
    props.put("name", "sink");
    props.put("topics", "plant");
    props.put("mqtt.brokers", "tcp://broker");
    props.put("mqtt.topic", "a/${partition}");
    props.put("reconnect.backoff.ms", "1");
    props.put("reconnect.backoff.max.ms", "5");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    task.initialize(context);
    task.start(props);
    task.open(List.of(P0, P1));
  }

  @AfterEach
  void stop() {
    task.stop();
  }

  private static SinkRecord record(TopicPartition partition, long offset) {
    return record(partition, offset, partition.partition() + ":" + offset);
  }

  private static SinkRecord record(TopicPartition partition, long offset, Object value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        "key",
        null,
        value,
        offset,
        0L,
        TimestampType.CREATE_TIME);
  }

  private static List<SinkRecord> records(TopicPartition partition, int from, int to) {
    return IntStream.range(from, to).mapToObj(offset -> record(partition, offset)).toList();
  }

  private static List<String> texts(int partition, int from, int to) {
    return IntStream.range(from, to).mapToObj(offset -> partition + ":" + offset).toList();
  }

  private long committed(TopicPartition partition, long current) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        task.preCommit(Map.of(partition, new OffsetAndMetadata(current)));
    assertThat(offsets).containsOnlyKeys(partition);
    return offsets.get(partition).offset();
  }

  private void awaitCommitted(TopicPartition partition, long current, long expected) {
    await().atMost(LIMIT).until(() -> committed(partition, current) == expected);
  }

  @Test
  void commitsWhatTheBrokerHas() {
    start(false);
    task.put(records(P0, 10, 14));
    List<Sent> sent = broker.await(4);
    assertThat(committed(P0, 14)).isEqualTo(10);
    sent.get(1).answer(FakeBroker.DONE);
    assertThat(committed(P0, 14)).as("with the first open").isEqualTo(10);
    sent.get(0).answer(FakeBroker.DONE);
    assertThat(committed(P0, 14)).as("with the first two done").isEqualTo(12);
    sent.get(2).answer(FakeBroker.DONE);
    sent.get(3).answer(FakeBroker.DONE);
    assertThat(committed(P0, 14)).as("with all done").isEqualTo(14);
    assertThat(committed(P1, 7)).as("of a partition without records").isEqualTo(7);
  }

  @Test
  void commitsNothingThatConnectDidNotSeeAccepted() {
    start(false);
    task.put(records(P0, 10, 14));
    broker.await(4).get(0).answer(FakeBroker.DONE);
    assertThat(committed(P0, 10)).isEqualTo(10);
  }

  @Test
  void commitsBehindRecordsThatTransformationsMovedElsewhere() {
    start(false);
    SinkRecord moved = record(P0, 5).newRecord("other", 9, null, null, null, "x", 0L);
    task.put(List.of(moved));
    List<Sent> sent = broker.await(1);
    assertThat(sent.get(0).message().topic()).isEqualTo("a/9");
    assertThat(committed(P0, 6)).isEqualTo(5);
    sent.get(0).answer(FakeBroker.DONE);
    assertThat(committed(P0, 6)).isEqualTo(6);
  }

  @Test
  void sendsAgainInOrderWhatTheLostConnectionLeftOpen() {
    start(false);
    task.put(records(P0, 0, 5));
    List<Sent> sent = broker.await(5);
    sent.get(0).answer(FakeBroker.DONE);
    sent.get(1).answer(FakeBroker.DONE);
    // Behind an open one: a subscriber must not see 2 last.
    sent.get(3).answer(FakeBroker.DONE);
    broker.cut();
    task.put(records(P0, 5, 7));
    broker.await(10);
    List<String> again = broker.texts().subList(5, 10);
    assertThat(again).isEqualTo(texts(0, 2, 7));
    broker.all().forEach(message -> message.answer(FakeBroker.DONE));
    awaitCommitted(P0, 7, 7);
  }

  @Test
  void keepsTheOrderOfEachPartitionOverManyConnections() {
    start(false);
    broker.window(7);
    for (int round = 0; round < 20; round++) {
      List<SinkRecord> batch = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        batch.add(record(P0, round * 20L + i));
        batch.add(record(P1, round * 20L + i));
      }
      task.put(batch);
      int before = broker.all().size();
      broker.answer(message -> FakeBroker.DONE);
      broker.all().forEach(message -> message.answer(FakeBroker.DONE));
      broker.await(before + 3);
      broker.answer(message -> null);
      broker.cut();
    }
    broker.answer(message -> FakeBroker.DONE);
    broker.cut();
    awaitCommitted(P0, 400, 400);
    awaitCommitted(P1, 400, 400);
    for (int partition = 0; partition < 2; partition++) {
      String prefix = partition + ":";
      List<Integer> offsets =
          broker.texts().stream()
              .filter(text -> text.startsWith(prefix))
              .map(text -> Integer.parseInt(text.substring(2)))
              .toList();
      int next = 0;
      for (int offset : offsets) {
        assertThat(offset).as("never ahead of the first open one").isLessThanOrEqualTo(next);
        next = Math.max(next, offset + 1);
      }
      assertThat(next).isEqualTo(400);
      assertThat(offsets.get(offsets.size() - 1)).isEqualTo(399);
    }
  }

  @Test
  void sendsAgainWhatTheBrokerDoesNotTakeNow() {
    start(false);
    task.put(records(P0, 0, 3));
    List<Sent> sent = broker.await(3);
    sent.get(2).answer(FakeBroker.DONE);
    sent.get(1).answer(FakeBroker.BUSY);
    broker.await(5);
    assertThat(broker.texts().subList(3, 5)).containsExactly("0:1", "0:2");
    broker.all().forEach(message -> message.answer(FakeBroker.DONE));
    awaitCommitted(P0, 3, 3);
    assertThat(broker.connections()).isEqualTo(1);
  }

  @Test
  void failsOnARefusalWithoutAReporterAndSaysWhatToDo() {
    start(false);
    task.put(List.of(record(P0, 41)));
    broker.await(1).get(0).answer(FakeBroker.FORBIDDEN);
    assertThat(committed(P0, 42)).isEqualTo(41);
    assertThatThrownBy(() -> task.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 41 of plant-0")
        .hasMessageContaining("'a/0'")
        .hasMessageContaining("0x87 NOT_AUTHORIZED")
        .hasMessageContaining("mqtt.username")
        .hasMessageContaining("errors.deadletterqueue.topic.name");
  }

  @Test
  void reportsARefusalAndWaitsForTheReport() {
    start(true);
    task.put(records(P0, 0, 3));
    List<Sent> sent = broker.await(3);
    sent.get(0).answer(FakeBroker.FORBIDDEN);
    sent.get(1).answer(FakeBroker.DONE);
    sent.get(2).answer(FakeBroker.DONE);
    task.put(List.of());
    assertThat(context.reported()).hasSize(1);
    assertThat(context.reported().get(0).record().kafkaOffset()).isZero();
    assertThat(committed(P0, 3)).isZero();
    context.reported().get(0).future().complete(null);
    assertThat(committed(P0, 3)).isEqualTo(3);
  }

  @Test
  void aReportThatFailedIsNoReport() {
    start(true, "mqtt.topic", "a/${key}/${header.none}");
    task.put(records(P0, 0, 1));
    assertThat(context.reported()).hasSize(1);
    context.reported().get(0).future().completeExceptionally(new ConnectException("no Kafka"));
    assertThat(committed(P0, 1)).isZero();
  }

  @Test
  void reportsRecordsOfWhichThereIsNoMessageAndPublishesTheOthers() {
    start(true, "mqtt.topic", "a/${field.id}");
    task.put(
        List.of(
            record(P0, 0, Map.of("id", "1")),
            record(P0, 1, Map.of("id", "#")),
            record(P0, 2, Map.of("name", "x")),
            record(P0, 3, Map.of("id", "4"))));
    broker.await(2).forEach(sent -> sent.answer(FakeBroker.DONE));
    assertThat(context.reported())
        .extracting(report -> report.error().getMessage())
        .satisfiesExactly(
            message -> assertThat(message).contains("offset 1 of plant-0", "wildcard"),
            message -> assertThat(message).contains("offset 2 of plant-0", "${field.id}"));
    awaitCommitted(P0, 4, 1);
    context.reported().forEach(report -> report.future().complete(null));
    assertThat(committed(P0, 4)).isEqualTo(4);
  }

  @Test
  void doesNotPublishPastARecordThatEndsTheTask() {
    start(false, "mqtt.topic", "a/${field.id}");
    List<SinkRecord> batch =
        List.of(
            record(P0, 0, Map.of("id", "1")),
            record(P0, 1, Map.of("id", "#")),
            record(P0, 2, Map.of("id", "3")));
    assertThatThrownBy(() -> task.put(batch))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("offset 1 of plant-0");
    assertThat(broker.await(1)).extracting(sent -> sent.message().topic()).containsExactly("a/1");
  }

  @Test
  void neverHasMoreOnTheWayThanTheBrokerAllows() {
    start(false);
    broker.leave();
    broker.window(3);
    broker.comeBack();
    task.put(records(P0, 0, 10));
    broker.await(3).forEach(sent -> sent.answer(FakeBroker.DONE));
    broker.await(6);
    assertThat(broker.texts()).isEqualTo(texts(0, 0, 6));
  }

  @Test
  void asksForTheBatchAgainWhenTheBrokerIsAwayAndTooMuchWaits() {
    broker.leave();
    start(false, "buffer.max.records", "5");
    task.put(records(P0, 0, 6));
    List<SinkRecord> next = records(P0, 6, 8);
    assertThatThrownBy(() -> task.put(next))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("6 records");
    assertThat(context.timeout()).isPositive();
    assertThat(committed(P0, 6)).isZero();
    broker.answer(message -> FakeBroker.DONE);
    broker.comeBack();
    awaitCommitted(P0, 6, 6);
    task.put(next);
    awaitCommitted(P0, 8, 8);
    assertThat(broker.texts()).isEqualTo(texts(0, 0, 8));
  }

  @Test
  void readsNoMoreWhileTooMuchWaitsForTheBroker() {
    broker.leave();
    start(false, "buffer.max.records", "4");
    task.put(records(P0, 0, 3));
    assertThat(context.paused()).isEmpty();
    task.put(records(P0, 3, 5));
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    task.put(List.of());
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    broker.comeBack();
    broker.await(5).subList(0, 2).forEach(sent -> sent.answer(FakeBroker.DONE));
    task.put(List.of());
    assertThat(context.paused()).as("with 3 of 4 left").isNotEmpty();
    broker.all().get(2).answer(FakeBroker.DONE);
    task.put(List.of());
    assertThat(context.paused()).as("with 2 of 4 left").isEmpty();
  }

  @Test
  void takesNoMoreThanTheBytesAllowed() {
    broker.leave();
    start(false, "buffer.max.bytes", "2000");
    task.put(List.of(record(P0, 0, "x".repeat(3000))));
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    List<SinkRecord> next = records(P1, 0, 1);
    assertThatThrownBy(() -> task.put(next)).isInstanceOf(RetriableException.class);
  }

  @Test
  void forgetsPartitionsThatAreClosed() {
    start(false);
    task.put(records(P0, 0, 3));
    task.put(records(P1, 0, 3));
    List<Sent> sent = broker.await(6);
    task.close(List.of(P0));
    task.open(List.of(P0));
    task.put(records(P0, 0, 2));
    broker.await(8);
    // Answers to what the earlier owner had sent.
    sent.forEach(message -> message.answer(FakeBroker.DONE));
    assertThat(committed(P0, 2)).isZero();
    assertThat(committed(P1, 3)).isEqualTo(3);
    broker.all().forEach(message -> message.answer(FakeBroker.DONE));
    assertThat(committed(P0, 2)).isEqualTo(2);
  }

  @Test
  void sendsNothingOfAClosedPartitionAgain() {
    start(false);
    task.put(records(P0, 0, 3));
    task.put(records(P1, 0, 1));
    broker.await(4);
    task.close(List.of(P0));
    broker.cut();
    broker.await(5);
    task.put(records(P1, 1, 2));
    broker.await(6);
    assertThat(broker.texts().subList(4, 6)).containsExactly("1:0", "1:1");
  }

  @Test
  void givesInWhenAnotherClientTakesTheSessionAgainAndAgain() {
    start(false);
    broker.awaitConnection(1);
    broker.takeOver();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> task.put(List.of()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("mqtt.client.id"));
  }

  @Test
  void tellsWhatItDoes() throws Exception {
    start(true, "mqtt.tombstone", "skip");
    ObjectName name = new ObjectName("io.connectot:type=sink-task-metrics,connector=sink,task=0");
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    task.put(records(P0, 0, 2));
    task.put(List.of(record(P0, 2, null)));
    List<Sent> sent = broker.await(2);
    assertThat(server.getAttribute(name, "message-in-flight-count")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "buffer-record-count")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "connection-state")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "record-skipped-total")).isEqualTo(1L);
    sent.get(0).answer(FakeBroker.FORBIDDEN);
    broker.cut();
    broker.await(3).get(2).answer(FakeBroker.DONE);
    task.put(List.of());
    assertThat(server.getAttribute(name, "message-published-total")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "message-refused-total")).isEqualTo(1L);
    await()
        .atMost(LIMIT)
        .until(() -> server.getAttribute(name, "message-repeated-total").equals(1L));
    assertThat(server.getAttribute(name, "record-reported-total")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "reconnect-total")).isEqualTo(1L);
    task.stop();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void looksAfterOpenRecordsSoon() {
    start(false);
    task.put(List.of());
    assertThat(context.timeout()).isEqualTo(-1);
    task.put(records(P0, 0, 1));
    assertThat(context.timeout()).isPositive();
  }

  @Test
  void canBeStoppedAtAnyTimeAndTwice() {
    MqttSinkTask unstarted = new MqttSinkTask();
    unstarted.stop();
    assertThat(unstarted.preCommit(Map.of(P0, new OffsetAndMetadata(1)))).isEmpty();
    unstarted.close(List.of(P0));
    start(false);
    task.put(records(P0, 0, 1));
    broker.await(1);
    task.stop();
    task.stop();
    assertThat(broker.all()).hasSize(1);
  }
}
