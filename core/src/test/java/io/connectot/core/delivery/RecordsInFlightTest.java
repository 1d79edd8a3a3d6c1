// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.source.polling.Plants;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RecordsInFlightTest {
  private static final int MOST = RecordsInFlight.MOST_PER_PARTITION;

  private final TrackedRecord one = Plants.record(TrackedDelivery.UNTRACKED, "k", 500);
  private long now = Long.MAX_VALUE - 1_000;
  private final RecordsInFlight inFlight = RecordsInFlight.boundedByCount(() -> now);

  @Test
  void letsAsManyBeTakenAsThereIsRoomFor() {
    assertThat(inFlight.room(2_000)).isEqualTo(2_000);

    take(inFlight, MOST - 10);

    assertThat(inFlight.room(2_000)).isEqualTo(10);
    assertThat(inFlight.count()).isEqualTo(MOST - 10);
  }

  @Test
  void letsNoneBeTakenUntilKafkaHasSome() {
    take(inFlight, MOST);
    assertThat(inFlight.room(2_000)).isZero();

    inFlight.done(one, null);

    assertThat(inFlight.room(2_000)).isEqualTo(1);
  }

  @Test
  void letsMoreBeTakenForEachPartitionThatKafkaConfirms() {
    for (int partition : new int[] {1, 1, 0}) {
      take(inFlight, 1);
      inFlight.done(one, confirmed("a", partition));
    }
    assertThat(inFlight.room(Integer.MAX_VALUE)).isEqualTo(2 * MOST);

    take(inFlight, 1);
    inFlight.done(one, confirmed("b", 0));
    assertThat(inFlight.room(Integer.MAX_VALUE)).isEqualTo(RecordsInFlight.MOST);
  }

  private static RecordMetadata confirmed(String topic, int partition) {
    return new RecordMetadata(new TopicPartition(topic, partition), 0, 0, 0, 0, 0);
  }

  @Test
  void letsSomeBeTakenWhenNothingMoves() {
    take(inFlight, MOST);
    assertThat(inFlight.room(2_000)).isZero();
    now += TimeUnit.SECONDS.toNanos(4);
    assertThat(inFlight.room(2_000)).isZero();

    now += TimeUnit.SECONDS.toNanos(2);

    assertThat(inFlight.room(2_000)).isEqualTo(RecordsInFlight.TRICKLE);
    assertThat(inFlight.room(2_000)).isZero();
  }

  @Test
  void waitsAsLongAsKafkaTakesRecords() {
    take(inFlight, 2 * MOST);
    for (int second = 0; second < 60; second++) {
      inFlight.done(one, null);
      now += TimeUnit.SECONDS.toNanos(1);
      assertThat(inFlight.room(2_000)).isZero();
    }
  }

  @Test
  void boundsARecordsOfATransactionByTheHeapTheyTake() {
    // A record takes 1,000 bytes with what the worker adds.
    RecordsInFlight ofTransactions = RecordsInFlight.boundedByBytes(() -> now, () -> 100_000_000);
    take(ofTransactions, 99_999);
    assertThat(ofTransactions.room(2_000)).isEqualTo(2_000);

    take(ofTransactions, 1);
    assertThat(ofTransactions.room(2_000)).isZero();

    ofTransactions.done(one, null);
    assertThat(ofTransactions.room(2_000)).isEqualTo(2_000);
  }

  private void take(RecordsInFlight from, int count) {
    from.taken(Collections.nCopies(count, one));
  }
}
