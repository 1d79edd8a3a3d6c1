// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTrackerTest {
  private final DeliveryTracker tracker = new DeliveryTracker();
  private final List<String> told = new ArrayList<>();
  private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());

  @Test
  void numbersDeliveriesFromOneInEveryEpoch() {
    tracker.beginEpoch(acknowledged::add);
    assertThat(tracker.open(1).sequence()).isEqualTo(1);
    assertThat(tracker.open(1).sequence()).isEqualTo(2);

    tracker.beginEpoch(acknowledged::add);
    assertThat(tracker.open(1).sequence()).isEqualTo(1);
  }

  @Test
  void acknowledgesOnlyTheContiguousPrefix() {
    tracker.beginEpoch(acknowledged::add);
    Delivery first = tracker.open(1);
    Delivery second = tracker.open(1);
    Delivery third = tracker.open(1);

    third.recordDone();
    second.recordDone();
    assertThat(acknowledged).isEmpty();
    assertThat(tracker.unacknowledged()).isEqualTo(3);

    first.recordDone();
    assertThat(acknowledged).containsExactly(3L);
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void waitsForEveryRecordOfADelivery() {
    tracker.beginEpoch(acknowledged::add);
    Delivery delivery = tracker.open(3);

    delivery.recordDone();
    delivery.recordDone();
    assertThat(acknowledged).isEmpty();

    delivery.recordDone();
    assertThat(acknowledged).containsExactly(1L);
  }

  @Test
  void aDeliveryWithoutRecordsIsDoneAtOnce() {
    tracker.beginEpoch(acknowledged::add);

    tracker.open(0);

    assertThat(acknowledged).containsExactly(1L);
  }

  @Test
  void aDeliveryWithoutRecordsWaitsForTheOnesBeforeIt() {
    tracker.beginEpoch(acknowledged::add);
    Delivery first = tracker.open(1);
    tracker.open(0);
    assertThat(acknowledged).isEmpty();

    first.recordDone();

    assertThat(acknowledged).containsExactly(2L);
  }

  @Test
  void dropsWhatBelongsToAnEarlierEpoch() {
    tracker.beginEpoch(acknowledged::add);
    Delivery old = tracker.open(1);
    List<Long> acknowledgedNow = new ArrayList<>();
    tracker.beginEpoch(acknowledgedNow::add);
    Delivery current = tracker.open(1);

    old.recordDone();
    assertThat(acknowledged).isEmpty();
    assertThat(acknowledgedNow).isEmpty();
    assertThat(tracker.unacknowledged()).isEqualTo(1);

    current.recordDone();
    assertThat(acknowledgedNow).containsExactly(1L);
  }

  @Test
  void aMessageThatComesAgainIsDoneWithItsFirstRecords() {
    tracker.beginEpoch(acknowledged::add);
    Delivery pending = tracker.open(1, owner("pending"));
    Delivery done = tracker.open(1, owner("done"));
    done.recordDone();

    tracker.beginEpoch(acknowledged::add);
    Delivery again = tracker.adopt(pending, owner("pending 2"));
    tracker.adopt(done, owner("done 2"));
    assertThat(acknowledged).isEmpty();

    tracker.beginEpoch(acknowledged::add);
    tracker.adopt(again, owner("pending 3"));
    tracker.adopt(done, owner("done 3"));
    tracker.open(0, owner("new"));
    assertThat(acknowledged).isEmpty();

    pending.recordDone();
    assertThat(acknowledged).containsExactly(3L);
    assertThat(told).containsExactly("late done", "late done 2", "pending 3", "done 3", "new");
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void tellsOwnersInOrderAndOfWhatIsTooLate() {
    tracker.beginEpoch(acknowledged::add);
    Delivery early = tracker.open(1, owner("early"));
    Delivery late = tracker.open(1, owner("late"));
    tracker.open(0, owner("overtaken"));
    early.recordDone();
    tracker.beginEpoch(acknowledged::add);
    Delivery first = tracker.open(1, owner("first"));
    tracker.open(0, owner("second"));

    late.recordDone();
    first.recordDone();

    assertThat(told).containsExactly("early", "late overtaken", "late late", "first", "second");
  }

  private Delivery.Owner owner(String name) {
    return new Delivery.Owner() {
      @Override
      public void acknowledge() {
        told.add(name);
      }

      @Override
      public void late() {
        told.add("late " + name);
      }
    };
  }

  @Test
  void nobodyWaitsForWhatIsUntracked() {
    Delivery.UNTRACKED.recordDone();

    assertThat(Delivery.UNTRACKED.sequence()).isZero();
  }

  @Test
  void completesWithoutAnEpoch() {
    tracker.open(1).recordDone();

    assertThat(tracker.unacknowledged()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void acknowledgesInRisingOrderWhateverTheOrderOfCommits(long seed) throws Exception {
    tracker.beginEpoch(acknowledged::add);
    Random random = new Random(seed);
    List<Delivery> records = new ArrayList<>();
    int deliveries = 500;
    for (int i = 0; i < deliveries; i++) {
      int size = random.nextInt(4);
      Delivery delivery = tracker.open(size);
      for (int j = 0; j < size; j++) {
        records.add(delivery);
      }
    }
    Collections.shuffle(records, random);

    int half = records.size() / 2;
    ExecutorService producers = Executors.newFixedThreadPool(2);
    try {
      Future<?> one =
          producers.submit(() -> records.subList(0, half).forEach(Delivery::recordDone));
      Future<?> other =
          producers.submit(
              () -> records.subList(half, records.size()).forEach(Delivery::recordDone));
      one.get();
      other.get();
    } finally {
      producers.shutdownNow();
    }

    assertThat(acknowledged).isSorted().doesNotHaveDuplicates().endsWith((long) deliveries);
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void waitsForEarlierEpochsWhereThatIsWanted() {
    DeliveryTracker waiting = new DeliveryTracker(true);
    waiting.beginEpoch(acknowledged::add);
    Delivery early = waiting.open(1);
    Delivery earlier = waiting.open(1);
    waiting.beginEpoch(sequence -> {});
    waiting.beginEpoch(acknowledged::add);
    waiting.open(0);
    Delivery late = waiting.open(1);
    assertThat(acknowledged).isEmpty();

    earlier.recordDone();
    assertThat(acknowledged).isEmpty();
    early.recordDone();
    assertThat(acknowledged).containsExactly(1L);

    late.recordDone();
    assertThat(acknowledged).containsExactly(1L, 2L);
  }

  @Test
  void doesNotWaitForWhatWasTakenBack() {
    DeliveryTracker waiting = new DeliveryTracker(true);
    waiting.beginEpoch(acknowledged::add);
    Delivery overtaken = waiting.open(1);
    waiting.beginEpoch(acknowledged::add);
    Delivery current = waiting.open(1);
    waiting.open(0);

    waiting.abandon(overtaken);
    assertThat(acknowledged).isEmpty();
    waiting.abandon(current);

    assertThat(acknowledged).containsExactly(2L);
  }
}
