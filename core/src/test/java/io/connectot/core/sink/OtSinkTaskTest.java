// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.ManualClock;
import io.connectot.core.sink.FakeTarget.Sent;
import io.connectot.core.sink.OtSinkTask.WaitLimits;
import io.connectot.core.testing.SinkTaskFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;

class OtSinkTaskTest extends SinkTaskFixture {

  /** The clock stands still, so a task waits for ever or not at all. */
  private static final WaitLimits LIMITS = new WaitLimits(LIMIT, Duration.ZERO, Duration.ZERO);

  private final FakeTarget target = new FakeTarget();
  private final OtSinkTask<String> task = new TestTask();

  private final class TestTask extends OtSinkTask<String> {
    TestTask() {
      super(LIMITS, new ManualClock().clock());
    }

    @Override
    protected SinkProtocol<String> protocol() {
      return target;
    }
  }

  @Override
  protected SinkTask task() {
    return task;
  }

  @Override
  protected Map<String, String> props() {
    return Map.of("name", "core-sink");
  }

  @Test
  void commitsWhatTheTargetHas() throws Exception {
    start(false);
    task.put(records(P0, 10, 14));
    List<Sent> sent = target.await(4);
    assertThat(committed(P0, 14)).isEqualTo(10);
    sent.get(1).answer(FakeTarget.DONE);
    assertThat(committed(P0, 14)).as("with the first open").isEqualTo(10);
    sent.get(0).answer(FakeTarget.DONE);
    assertThat(committed(P0, 14)).as("with the first two done").isEqualTo(12);
    sent.get(2).answer(FakeTarget.DONE);
    sent.get(3).answer(FakeTarget.DONE);
    assertThat(committed(P0, 14)).as("with all done").isEqualTo(14);
    assertThat(committed(P1, 7)).as("of a partition without records").isEqualTo(7);
  }

  @Test
  void commitsNothingThatConnectDidNotSeeAccepted() throws Exception {
    start(false);
    task.put(records(P0, 10, 14));
    target.await(4).get(0).answer(FakeTarget.DONE);
    assertThat(committed(P0, 10)).isEqualTo(10);
  }

  @Test
  void commitsBehindRecordsThatTransformationsMovedElsewhere() throws Exception {
    start(false);
    SinkRecord moved = record(P0, 5).newRecord("other", 9, null, null, null, "x", 0L);
    task.put(List.of(moved));
    List<Sent> sent = target.await(1);
    assertThat(sent.get(0).text()).isEqualTo("x");
    assertThat(committed(P0, 6)).isEqualTo(5);
    sent.get(0).answer(FakeTarget.DONE);
    assertThat(committed(P0, 6)).isEqualTo(6);
  }

  @Test
  void keepsTheOrderOfEachPartitionOverManyConnections() throws Exception {
    start(false);
    target.window(7);
    for (int round = 0; round < 20; round++) {
      List<SinkRecord> batch = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        batch.add(record(P0, round * 20L + i));
        batch.add(record(P1, round * 20L + i));
      }
      task.put(batch);
      int before = target.all().size();
      target.accept(true);
      target.all().forEach(message -> message.answer(FakeTarget.DONE));
      target.await(before + 3);
      target.accept(false);
      target.cut();
    }
    target.accept(true);
    target.cut();
    awaitCommitted(P0, 400, 400);
    awaitCommitted(P1, 400, 400);
    for (int partition = 0; partition < 2; partition++) {
      String prefix = partition + ":";
      List<Integer> offsets =
          target.texts().stream()
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
  void reportsARefusalAndWaitsForTheReport() throws Exception {
    start(true);
    task.put(records(P0, 0, 3));
    List<Sent> sent = target.await(3);
    sent.get(0).answer(FakeTarget.FORBIDDEN);
    sent.get(1).answer(FakeTarget.DONE);
    sent.get(2).answer(FakeTarget.DONE);
    task.put(List.of());
    assertThat(context.reported()).hasSize(1);
    assertThat(context.reported().get(0).record().kafkaOffset()).isZero();
    assertThat(committed(P0, 3)).isZero();
    context.reported().get(0).future().complete(null);
    assertThat(committed(P0, 3)).isEqualTo(3);
  }

  @Test
  void aReportThatFailedIsNoReport() throws Exception {
    start(true);
    task.put(List.of(record(P0, 0, "bad")));
    assertThat(context.reported()).hasSize(1);
    context.reported().get(0).future().completeExceptionally(new ConnectException("no Kafka"));
    assertThat(committed(P0, 1)).isZero();
  }

  @Test
  void asksForTheBatchAgainWhenTheTargetIsAwayAndTooMuchWaits() throws Exception {
    target.leave();
    start(false, "buffer.max.records", "5");
    task.put(records(P0, 0, 6));
    List<SinkRecord> next = records(P0, 6, 8);
    assertThatThrownBy(() -> task.put(next))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("6 records");
    assertThat(context.timeout()).isPositive();
    assertThat(committed(P0, 6)).isZero();
    target.accept(true);
    target.comeBack();
    awaitCommitted(P0, 6, 6);
    task.put(next);
    awaitCommitted(P0, 8, 8);
    assertThat(target.texts()).isEqualTo(texts(0, 0, 8));
  }

  @Test
  void readsNoMoreWhileTooMuchWaitsForTheTarget() throws Exception {
    target.leave();
    start(false, "buffer.max.records", "4");
    task.put(records(P0, 0, 3));
    assertThat(context.paused()).isEmpty();
    task.put(records(P0, 3, 5));
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    task.put(List.of());
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    target.comeBack();
    target.await(5).subList(0, 2).forEach(sent -> sent.answer(FakeTarget.DONE));
    task.put(List.of());
    assertThat(context.paused()).as("with 3 of 4 left").isNotEmpty();
    target.all().get(2).answer(FakeTarget.DONE);
    task.put(List.of());
    assertThat(context.paused()).as("with 2 of 4 left").isEmpty();
  }

  @Test
  void takesNoMoreThanTheBytesAllowed() throws Exception {
    target.leave();
    start(false, "buffer.max.bytes", "2000");
    task.put(List.of(record(P0, 0, "x".repeat(3000))));
    assertThat(context.paused()).containsExactlyInAnyOrder(P0, P1);
    List<SinkRecord> next = records(P1, 0, 1);
    assertThatThrownBy(() -> task.put(next)).isInstanceOf(RetriableException.class);
  }

  @Test
  void forgetsPartitionsThatAreClosed() throws Exception {
    start(false);
    task.put(records(P0, 0, 3));
    task.put(records(P1, 0, 3));
    List<Sent> sent = target.await(6);
    task.close(List.of(P0));
    task.open(List.of(P0));
    task.put(records(P0, 0, 2));
    target.await(8);
    // Answers to what the earlier owner had sent.
    sent.forEach(message -> message.answer(FakeTarget.DONE));
    assertThat(committed(P0, 2)).isZero();
    assertThat(committed(P1, 3)).isEqualTo(3);
    target.all().forEach(message -> message.answer(FakeTarget.DONE));
    assertThat(committed(P0, 2)).isEqualTo(2);
  }

  @Test
  void sendsNothingOfAClosedPartitionAgain() throws Exception {
    start(false);
    task.put(records(P0, 0, 3));
    task.put(records(P1, 0, 1));
    target.await(4);
    task.close(List.of(P0));
    target.cut();
    target.await(5);
    task.put(records(P1, 1, 2));
    target.await(6);
    assertThat(target.texts().subList(4, 6)).containsExactly("1:0", "1:1");
  }

  @Test
  void looksAfterOpenRecordsSoon() throws Exception {
    start(false);
    task.put(List.of());
    assertThat(context.timeout()).isEqualTo(-1);
    task.put(records(P0, 0, 1));
    assertThat(context.timeout()).isPositive();
  }

  @Test
  void failsOnARefusalWithoutAReporter() throws Exception {
    start(false);
    task.put(List.of(record(P0, 41)));
    target.await(1).get(0).answer(FakeTarget.FORBIDDEN);
    assertThat(committed(P0, 42)).isEqualTo(41);
    assertThatThrownBy(() -> task.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("offset 41 of plant-0 cannot be written: '0:41' was refused")
        .hasMessageContaining("errors.deadletterqueue.topic.name");
  }

  @Test
  void writesNothingBehindARecordThatFailsTheTask() throws Exception {
    start(false);
    List<SinkRecord> batch = List.of(record(P0, 0), record(P0, 1, "bad"), record(P0, 2));
    assertThatThrownBy(() -> task.put(batch))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("offset 1 of plant-0 cannot be written: it is bad");
    target.await(1).get(0).answer(FakeTarget.DONE);
    assertThat(committed(P0, 3)).isEqualTo(3);
    assertThat(target.texts()).containsExactly("0:0");
  }

  @Test
  void commitsSkippedRecords() throws Exception {
    start(false);
    task.put(List.of(record(P0, 0, "skip")));
    assertThat(committed(P0, 1)).isEqualTo(1);
    assertThat(target.all()).isEmpty();
  }

  @Test
  void failsWhenTheConnectionIsGivenUp() throws Exception {
    start(false);
    target.awaitConnected();
    target.fail();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> task.put(List.of()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("the target says LOST"));
  }

  @Test
  void disconnectsWhenStopped() throws Exception {
    new TestTask().stop();
    assertThat(task.preCommit(Map.of(P0, new OffsetAndMetadata(1)))).isEmpty();
    task.close(List.of(P0));
    start(false);
    task.put(records(P0, 0, 1));
    target.await(1);
    assertThat(target.disconnected()).isFalse();
    task.stop();
    task.stop();
    assertThat(target.disconnected()).isTrue();
    assertThat(target.all()).hasSize(1);
  }
}
