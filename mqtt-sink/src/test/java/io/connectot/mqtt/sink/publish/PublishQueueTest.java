// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.sink.testing.FakeBroker;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import java.nio.charset.StandardCharsets;
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

class PublishQueueTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private final PublishQueue<String> queue = new PublishQueue<>(100, 1L << 30);

  private static PendingRecord<String> record(TopicPartition partition, long offset) {
    String text = partition.partition() + ":" + offset;
    return PendingRecord.toPublish(
        text,
        partition,
        offset,
        new OutboundMessage(
            "a", text.getBytes(StandardCharsets.UTF_8), 1, false, MessageProperties.NONE));
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
      taken.add(next.record());
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
    queue.giveBack(first, first.attempt());
    assertThat(takeAll()).containsExactly("0:0", "0:1");
  }

  @Test
  void givesNothingBackThatIsSentAgainAlready() throws Exception {
    add(P0, 0, 1);
    PendingRecord<String> first = take();
    int attempt = first.attempt();
    queue.sendAgain();
    queue.giveBack(first, attempt);
    assertThat(takeAll()).containsExactly("0:0", "0:1");
    assertThat(queue.records()).isEqualTo(2);
  }

  @Test
  void commitsTheLowestOffsetAlsoWhenTheConsumerWentBack() throws Exception {
    add(P0, 100, 101);
    add(P0, 20, 21);
    assertThat(queue.lowestOpen(P0)).hasValue(20);
    List<PendingRecord<String>> taken = List.of(take(), take(), take(), take());
    for (PendingRecord<String> record : taken) {
      queue.answered(record, 1, FakeBroker.DONE);
    }
    assertThat(queue.lowestOpen(P0)).isEmpty();
    assertThat(queue.lowestOpen(P1)).isEmpty();
  }

  @Test
  void aLateAnswerCountsForTheFirstOpenRecordOnly() throws Exception {
    add(P0, 0, 1, 2);
    PendingRecord<String> first = take();
    PendingRecord<String> second = take();
    queue.sendAgain();
    assertThat(queue.answered(second, 1, FakeBroker.DONE)).isFalse();
    assertThat(queue.answered(first, 1, FakeBroker.FORBIDDEN)).isFalse();
    assertThat(queue.answered(first, 1, FakeBroker.BUSY)).isFalse();
    assertThat(queue.answered(first, 1, FakeBroker.DONE)).isTrue();
    assertThat(queue.answered(first, 1, FakeBroker.DONE)).isFalse();
    assertThat(queue.lowestOpen(P0)).hasValue(1);
    assertThat(takeAll()).containsExactly("0:1", "0:2");
  }

  @Test
  void doesNotSendAgainWhatWasRefused() throws Exception {
    add(P0, 0, 1, 2);
    PendingRecord<String> first = take();
    PendingRecord<String> second = take();
    take();
    queue.answered(second, 1, FakeBroker.FORBIDDEN);
    queue.answered(first, 1, FakeBroker.BUSY);
    assertThat(takeAll()).containsExactly("0:0", "0:2");
    List<PendingRecord<String>> refused = queue.takeRefused();
    assertThat(refused).containsExactly(second);
    assertThat(second.refusal()).isEqualTo("0x87 NOT_AUTHORIZED");
    queue.answered(first, 2, FakeBroker.DONE);
    assertThat(queue.lowestOpen(P0)).hasValue(1);
    queue.reported(second, CompletableFuture.completedFuture(null));
    assertThat(queue.lowestOpen(P0)).hasValue(2);
  }

  @Test
  void hasRoomAgainOnceRecordsAreSettled() throws Exception {
    PublishQueue<String> small = new PublishQueue<>(2, 1L << 30);
    small.add(List.of(record(P0, 0), record(P0, 1), record(P0, 2)));
    assertThat(small.awaitRoom(Duration.ZERO)).isFalse();
    assertThat(small.awaitAnswers(Duration.ZERO)).isFalse();
    for (int i = 0; i < 3; i++) {
      PendingRecord<String> next = small.take(Duration.ZERO);
      assertThat(small.answered(next, 1, FakeBroker.DONE)).isTrue();
    }
    assertThat(small.awaitRoom(Duration.ZERO)).isTrue();
    assertThat(small.awaitAnswers(Duration.ZERO)).isTrue();
    assertThat(small.records()).isZero();
    assertThat(small.bytes()).isZero();
  }

  @Test
  void forgetsAClosedPartition() throws Exception {
    add(P0, 0, 1);
    add(P1, 0);
    PendingRecord<String> first = take();
    queue.close(List.of(P0));
    assertThat(queue.answered(first, 1, FakeBroker.FORBIDDEN)).isFalse();
    assertThat(queue.takeRefused()).isEmpty();
    assertThat(takeAll()).containsExactly("1:0");
    assertThat(queue.records()).isEqualTo(1);
    assertThat(queue.lowestOpen(P0)).isEmpty();
  }

  /** Whatever the broker answers, in whatever order, and however often the connection breaks. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsItsPromisesWhateverHappens(long seed) throws Exception {
    Random random = new Random(seed);
    PublishQueue<String> tested = new PublishQueue<>(1000, 1L << 30);
    List<Object[]> open = new ArrayList<>();
    Map<TopicPartition, Long> done = new HashMap<>();
    Map<TopicPartition, Long> added = new HashMap<>();
    PublishResult[] results = {FakeBroker.DONE, FakeBroker.DONE, FakeBroker.BUSY};
    for (int step = 0; step < 20_000; step++) {
      TopicPartition partition = random.nextBoolean() ? P0 : P1;
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          long offset = added.merge(partition, 1L, Long::sum) - 1;
          tested.add(List.of(record(partition, offset)));
        }
        case 2 -> {
          if (random.nextInt(50) == 0) {
            tested.sendAgain();
          }
        }
        case 3, 4, 5, 6 -> {
          PendingRecord<String> next = tested.take(Duration.ZERO);
          if (next != null) {
            assertThat(next.offset())
                .as("nothing is skipped")
                .isLessThanOrEqualTo(done.getOrDefault(next.partition(), 0L));
            done.merge(next.partition(), next.offset() + 1, Math::max);
            open.add(new Object[] {next, next.attempt()});
          }
        }
        default -> {
          if (!open.isEmpty()) {
            Object[] sent = open.remove(random.nextInt(open.size()));
            @SuppressWarnings("unchecked")
            PendingRecord<String> record = (PendingRecord<String>) sent[0];
            tested.answered(record, (int) sent[1], results[random.nextInt(results.length)]);
          }
        }
      }
    }
    tested.sendAgain();
    for (PendingRecord<String> next = tested.take(Duration.ZERO);
        next != null;
        next = tested.take(Duration.ZERO)) {
      tested.answered(next, next.attempt(), FakeBroker.DONE);
    }
    assertThat(tested.records()).isZero();
    assertThat(tested.bytes()).isZero();
    assertThat(tested.awaitAnswers(Duration.ZERO)).isTrue();
    assertThat(tested.lowestOpen(P0)).isEmpty();
    assertThat(tested.lowestOpen(P1)).isEmpty();
  }
}
