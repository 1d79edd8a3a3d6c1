// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.testing.SinkRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The thread is not started: the test takes its steps. */
class WriteDispatcherTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final WriteResult DONE = new WriteResult(Outcome.DONE, "OK");
  private static final WriteResult BUSY = new WriteResult(Outcome.RETRY, "BUSY");
  private static final WriteResult REFUSED = new WriteResult(Outcome.REFUSED, "NO");

  private final ManualClock clock = new ManualClock();
  private final WriteQueue<String> queue = new WriteQueue<>(100, 1L << 30);
  private final TaskMetrics metrics = TaskMetrics.unpublished(Scope.SINK);
  private final WriteDispatcher<String> dispatcher =
      new WriteDispatcher<>(
          "test",
          "device",
          queue,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), () -> 0),
          metrics,
          clock.clock());

  private int connections;

  private void add(int from, int to) {
    List<PendingRecord<String>> batch = new ArrayList<>();
    for (int offset = from; offset < to; offset++) {
      String text = Integer.toString(offset);
      batch.add(PendingRecord.toWrite(SinkRecords.of(P0, offset, text), text, 1));
    }
    queue.add(batch);
  }

  private FakeWriteSession connect(int window) {
    FakeWriteSession session = new FakeWriteSession(window);
    dispatcher.connecting(session);
    dispatcher.connected(connections++ > 0);
    return session;
  }

  private void dispatch(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      dispatcher.dispatchNext();
    }
  }

  private static ProtocolException lost(String status) {
    return new ProtocolException(
        Kind.TRANSIENT, ProtocolException.Scope.CONNECTION, status, status, null);
  }

  @Test
  void sendsUpToTheWindow() throws Exception {
    add(0, 5);
    FakeWriteSession session = connect(2);
    dispatch(3);
    assertThat(session.texts()).containsExactly("0", "1");
    assertThat(dispatcher.inFlight()).isEqualTo(2);
    session.complete(0, DONE);
    dispatch(2);
    assertThat(session.texts()).containsExactly("0", "1", "2");
    assertThat(queue.lowestUnsettled(P0)).hasValue(1);
    assertThat(metrics.value(TaskMetric.MESSAGES_PUBLISHED)).isEqualTo(1L);
  }

  @Test
  void resendsOverTheNextConnectionWhatHasNoResult() throws Exception {
    add(0, 3);
    FakeWriteSession first = connect(10);
    dispatch(3);
    first.complete(0, DONE);
    // Done behind one without a result: the target must not see 1 last.
    first.complete(2, DONE);
    first.end();
    dispatcher.disconnected(lost("LOST"));
    assertThat(dispatcher.isConnected()).isFalse();
    FakeWriteSession second = connect(10);
    dispatch(2);
    assertThat(second.texts()).containsExactly("1", "2");
    assertThat(metrics.value(TaskMetric.MESSAGES_REPEATED)).isEqualTo(2L);
    assertThat(metrics.value(TaskMetric.RECONNECTS)).isEqualTo(1L);
    // The end of the first connection is no reason to pause the second.
    first.complete(1, BUSY);
    add(3, 4);
    dispatch(1);
    assertThat(second.texts()).containsExactly("1", "2", "3");
  }

  @Test
  void keepsARecordThatTheConnectionDidNotTake() throws Exception {
    add(0, 2);
    FakeWriteSession over = connect(10);
    dispatch(1);
    over.end();
    dispatch(1);
    assertThat(queue.take(Duration.ZERO).write).isEqualTo("1");
  }

  @Test
  void pausesLongerEachTimeTheTargetAsksForARetry() throws Exception {
    add(0, 1);
    FakeWriteSession session = connect(10);
    dispatch(1);
    session.complete(0, BUSY);
    assertThat(dispatcher.pauseNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
    clock.advance(Duration.ofSeconds(1));
    dispatch(1);
    assertThat(session.texts()).containsExactly("0", "0");
    session.complete(1, BUSY);
    assertThat(dispatcher.pauseNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
    clock.advance(Duration.ofSeconds(2));
    dispatch(1);
    session.complete(2, DONE);
    add(1, 2);
    dispatch(1);
    session.complete(3, BUSY);
    assertThat(dispatcher.pauseNanos())
        .as("after a success")
        .isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void doesNotPauseANewConnection() throws Exception {
    add(0, 1);
    FakeWriteSession first = connect(10);
    dispatch(1);
    first.complete(0, BUSY);
    FakeWriteSession second = connect(10);
    assertThat(dispatcher.pauseNanos()).isZero();
    dispatch(1);
    assertThat(second.texts()).containsExactly("0");
  }

  @Test
  void goesOnBehindARefusedRecord() throws Exception {
    add(0, 2);
    FakeWriteSession session = connect(1);
    dispatch(1);
    session.complete(0, REFUSED);
    dispatch(1);
    assertThat(session.texts()).containsExactly("0", "1");
    assertThat(queue.takeRefused()).extracting(record -> record.refusal).containsExactly("NO");
    assertThat(metrics.value(TaskMetric.MESSAGES_REFUSED)).isEqualTo(1L);
  }

  @Test
  void keepsTheCauseOfItsEnd() {
    connect(1);
    ProtocolException cause = lost("TAKEN_OVER");
    dispatcher.failed(cause);
    assertThat(dispatcher.isConnected()).isFalse();
    assertThat(dispatcher.failure()).contains(cause);
  }
}
