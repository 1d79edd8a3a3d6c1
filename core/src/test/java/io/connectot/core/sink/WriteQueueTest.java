// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.testing.SinkRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteQueueTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private static final WriteResult DONE = new WriteResult(Outcome.DONE, "0x00 SUCCESS");
  private static final WriteResult BUSY = new WriteResult(Outcome.RETRY, "0x89 SERVER_BUSY");
  private static final WriteResult FORBIDDEN =
      new WriteResult(Outcome.REFUSED, "0x87 NOT_AUTHORIZED");

  private final WriteQueue<String> queue = new WriteQueue<>(100, 1L << 30);

  private static PendingRecord<String> record(TopicPartition partition, long offset) {
    String text = partition.partition() + ":" + offset;
    return PendingRecord.toWrite(SinkRecords.of(partition, offset, text), text, text.length());
  }

  private void add(TopicPartition partition, long... offsets) {
    List<PendingRecord<String>> batch = new ArrayList<>();
    for (long offset : offsets) {
      batch.add(record(partition, offset));
    }
    queue.add(batch);
  }

  private PendingRecord<String> take() throws InterruptedException {
    return queue.take(Duration.ZERO);
  }

  private List<String> takeAll() throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (PendingRecord<String> next = take(); next != null; next = take()) {
      taken.add(next.write);
    }
    return taken;
  }

  @Test
  void takesThePartitionsInTurn() throws Exception {
    add(P0, 0, 1, 2);
    add(P1, 0, 1);
    assertThat(takeAll()).containsExactly("0:0", "1:0", "0:1", "1:1", "0:2");
  }

  @Test
  void givesBackInPlace() throws Exception {
    add(P0, 0, 1);
    PendingRecord<String> first = take();
    queue.giveBack(first, first.attempt);
    assertThat(takeAll()).containsExactly("0:0", "0:1");
  }

  @Test
  void givesNothingBackThatIsSentAgainAlready() throws Exception {
    add(P0, 0, 1);
    PendingRecord<String> first = take();
    int attempt = first.attempt;
    queue.resend();
    queue.giveBack(first, attempt);
    assertThat(takeAll()).containsExactly("0:0", "0:1");
    assertThat(queue.records()).isEqualTo(2);
  }

  @Test
  void commitsTheLowestOffsetAlsoWhenTheConsumerWentBack() throws Exception {
    add(P0, 100, 101);
    add(P0, 20, 21);
    assertThat(queue.lowestUnsettled(P0)).hasValue(20);
    List<PendingRecord<String>> taken = List.of(take(), take(), take(), take());
    for (PendingRecord<String> record : taken) {
      queue.completed(record, 1, DONE);
    }
    assertThat(queue.lowestUnsettled(P0)).isEmpty();
    assertThat(queue.lowestUnsettled(P1)).isEmpty();
  }

  @Test
  void aLateResultCountsForTheFirstUnsettledRecordOnly() throws Exception {
    add(P0, 0, 1, 2);
    PendingRecord<String> first = take();
    PendingRecord<String> second = take();
    queue.resend();
    assertThat(queue.completed(second, 1, DONE)).isFalse();
    assertThat(queue.completed(first, 1, FORBIDDEN)).isFalse();
    assertThat(queue.completed(first, 1, BUSY)).isFalse();
    assertThat(queue.completed(first, 1, DONE)).isTrue();
    assertThat(queue.completed(first, 1, DONE)).isFalse();
    assertThat(queue.lowestUnsettled(P0)).hasValue(1);
    assertThat(takeAll()).containsExactly("0:1", "0:2");
  }

  @Test
  void doesNotSendAgainWhatWasRefused() throws Exception {
    add(P0, 0, 1, 2);
    PendingRecord<String> first = take();
    PendingRecord<String> second = take();
    take();
    queue.completed(second, 1, FORBIDDEN);
    queue.completed(first, 1, BUSY);
    assertThat(takeAll()).containsExactly("0:0", "0:2");
    List<PendingRecord<String>> refused = queue.takeRefused();
    assertThat(refused).containsExactly(second);
    assertThat(second.refusal).isEqualTo("0x87 NOT_AUTHORIZED");
    queue.completed(first, 2, DONE);
    assertThat(queue.lowestUnsettled(P0)).hasValue(1);
    queue.reported(second, CompletableFuture.completedFuture(null));
    assertThat(queue.lowestUnsettled(P0)).hasValue(2);
  }

  @Test
  void hasRoomAgainOnceRecordsAreSettled() throws Exception {
    WriteQueue<String> small = new WriteQueue<>(2, 1L << 30);
    small.add(List.of(record(P0, 0), record(P0, 1), record(P0, 2)));
    assertThat(small.awaitRoom(Duration.ZERO)).isFalse();
    assertThat(small.awaitResults(Duration.ZERO)).isFalse();
    for (int i = 0; i < 3; i++) {
      PendingRecord<String> next = small.take(Duration.ZERO);
      assertThat(small.completed(next, 1, DONE)).isTrue();
    }
    assertThat(small.awaitRoom(Duration.ZERO)).isTrue();
    assertThat(small.awaitResults(Duration.ZERO)).isTrue();
    assertThat(small.records()).isZero();
    assertThat(small.bytes()).isZero();
  }

  @Test
  void forgetsADiscardedPartition() throws Exception {
    add(P0, 0, 1);
    add(P1, 0);
    PendingRecord<String> first = take();
    queue.discard(List.of(P0));
    assertThat(queue.completed(first, 1, FORBIDDEN)).isFalse();
    assertThat(queue.takeRefused()).isEmpty();
    assertThat(takeAll()).containsExactly("1:0");
    assertThat(queue.records()).isEqualTo(1);
    assertThat(queue.lowestUnsettled(P0)).isEmpty();
  }

  /** Any results, in any order, over any number of connections. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsItsPromisesWhateverHappens(long seed) throws Exception {
    Random random = new Random(seed);
    WriteQueue<String> tested = new WriteQueue<>(1000, 1L << 30);
    List<Object[]> open = new ArrayList<>();
    Map<TopicPartition, Long> done = new HashMap<>();
    Map<TopicPartition, Long> added = new HashMap<>();
    WriteResult[] results = {DONE, DONE, BUSY};
    for (int step = 0; step < 20_000; step++) {
      TopicPartition partition = random.nextBoolean() ? P0 : P1;
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          long offset = added.merge(partition, 1L, Long::sum) - 1;
          tested.add(List.of(record(partition, offset)));
        }
        case 2 -> {
          if (random.nextInt(50) == 0) {
            tested.resend();
          }
        }
        case 3, 4, 5, 6 -> {
          PendingRecord<String> next = tested.take(Duration.ZERO);
          if (next != null) {
            assertThat(next.offset)
                .as("nothing is skipped")
                .isLessThanOrEqualTo(done.getOrDefault(next.partition, 0L));
            done.merge(next.partition, next.offset + 1, Math::max);
            open.add(new Object[] {next, next.attempt});
          }
        }
        default -> {
          if (!open.isEmpty()) {
            Object[] sent = open.remove(random.nextInt(open.size()));
            @SuppressWarnings("unchecked")
            PendingRecord<String> record = (PendingRecord<String>) sent[0];
            tested.completed(record, (int) sent[1], results[random.nextInt(results.length)]);
          }
        }
      }
    }
    tested.resend();
    for (PendingRecord<String> next = tested.take(Duration.ZERO);
        next != null;
        next = tested.take(Duration.ZERO)) {
      tested.completed(next, next.attempt, DONE);
    }
    assertThat(tested.records()).isZero();
    assertThat(tested.bytes()).isZero();
    assertThat(tested.awaitResults(Duration.ZERO)).isTrue();
    assertThat(tested.lowestUnsettled(P0)).isEmpty();
    assertThat(tested.lowestUnsettled(P1)).isEmpty();
  }
}
