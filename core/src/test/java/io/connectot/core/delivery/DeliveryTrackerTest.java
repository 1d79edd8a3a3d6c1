// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTrackerTest {
  private final DeliveryTracker tracker = new DeliveryTracker(false);
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Delivery> accepted = new ArrayList<>();

  @Test
  void acknowledgesOnlyTheContiguousPrefix() {
    TrackedDelivery first = tracker.open(1, ack("1"));
    TrackedDelivery second = tracker.open(1, ack("2"));
    TrackedDelivery third = tracker.open(1, ack("3"));

    third.recordDone();
    second.recordDone();
    assertThat(told).isEmpty();
    assertThat(tracker.unacknowledged()).isEqualTo(3);

    first.recordDone();
    assertThat(told).containsExactly("1", "2", "3");
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void tellsWhoeverWaitsUnderWhichDeliveryTheMessageWasAccepted() {
    TrackedDelivery first = tracker.open(1, ack("1"));
    TrackedDelivery again = tracker.redeliver(first, ack("again"));

    assertThat(accepted).containsExactly(first, again);
  }

  @Test
  void waitsForEveryRecordOfADelivery() {
    TrackedDelivery delivery = tracker.open(3, ack("1"));

    delivery.recordDone();
    delivery.recordDone();
    assertThat(told).isEmpty();

    delivery.recordDone();
    assertThat(told).containsExactly("1");
  }

  @Test
  void aDeliveryWithoutRecordsIsDoneAtOnce() {
    tracker.open(0, ack("1"));

    assertThat(told).containsExactly("1");
  }

  @Test
  void aDeliveryWithoutRecordsWaitsForTheOnesBeforeIt() {
    TrackedDelivery first = tracker.open(1, ack("1"));
    tracker.open(0, ack("2"));
    assertThat(told).isEmpty();

    first.recordDone();

    assertThat(told).containsExactly("1", "2");
  }

  @Test
  void whatNobodyWaitsForHoldsNothingUp() {
    TrackedDelivery nobodys = tracker.open(1, Ack.NONE);
    tracker.open(0, ack("1"));

    assertThat(told).containsExactly("1");
    nobodys.recordDone();
    assertThat(nobodys).isSameAs(TrackedDelivery.UNTRACKED);
  }

  @Test
  void whatBelongsToAnEarlierEpochIsStale() {
    TrackedDelivery old = tracker.open(1, ack("old"));
    tracker.beginEpoch();
    TrackedDelivery current = tracker.open(1, ack("current"));

    old.recordDone();
    assertThat(told).containsExactly("stale old");
    assertThat(tracker.unacknowledged()).isEqualTo(1);

    current.recordDone();
    assertThat(told).containsExactly("stale old", "current");
  }

  @Test
  void aMessageThatComesAgainIsDoneWithItsFirstRecords() {
    TrackedDelivery pending = tracker.open(1, ack("pending"));
    TrackedDelivery done = tracker.open(1, ack("done"));
    done.recordDone();

    tracker.beginEpoch();
    TrackedDelivery again = tracker.redeliver(pending, ack("pending 2"));
    tracker.redeliver(done, ack("done 2"));
    assertThat(told).containsExactly("stale done");

    tracker.beginEpoch();
    tracker.redeliver(again, ack("pending 3"));
    tracker.redeliver(done, ack("done 3"));
    tracker.open(0, ack("new"));
    assertThat(told).containsExactly("stale done", "stale done 2");

    pending.recordDone();
    assertThat(told).containsExactly("stale done", "stale done 2", "pending 3", "done 3", "new");
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void tellsInOrderAndOfWhatIsTooLate() {
    TrackedDelivery early = tracker.open(1, ack("early"));
    TrackedDelivery late = tracker.open(1, ack("late"));
    tracker.open(0, ack("overtaken"));
    early.recordDone();
    tracker.beginEpoch();
    TrackedDelivery first = tracker.open(1, ack("first"));
    tracker.open(0, ack("second"));

    late.recordDone();
    first.recordDone();

    assertThat(told).containsExactly("early", "stale overtaken", "stale late", "first", "second");
  }

  @Test
  void refusesARedeliveryOfWhatItNeverHad() {
    TrackedDelivery foreign = new DeliveryTracker(false).open(1, ack("foreign"));

    assertThatThrownBy(() -> tracker.redeliver(foreign, ack("again")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Ack ack(String name) {
    return new Ack() {
      @Override
      public void accepted(Delivery delivery) {
        accepted.add(delivery);
      }

      @Override
      public void delivered() {
        told.add(name);
      }

      @Override
      public void stale() {
        told.add("stale " + name);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void acknowledgesInRisingOrderWhateverTheOrderOfCommits(long seed) throws Exception {
    Random random = new Random(seed);
    List<TrackedDelivery> records = new ArrayList<>();
    int deliveries = 500;
    for (int i = 0; i < deliveries; i++) {
      int size = random.nextInt(4);
      TrackedDelivery delivery = tracker.open(size, ack(Integer.toString(i)));
      for (int j = 0; j < size; j++) {
        records.add(delivery);
      }
    }
    Collections.shuffle(records, random);

    int half = records.size() / 2;
    ExecutorService producers = Executors.newFixedThreadPool(2);
    try {
      Future<?> one =
          producers.submit(() -> records.subList(0, half).forEach(TrackedDelivery::recordDone));
      Future<?> other =
          producers.submit(
              () -> records.subList(half, records.size()).forEach(TrackedDelivery::recordDone));
      one.get();
      other.get();
    } finally {
      producers.shutdownNow();
    }

    assertThat(told)
        .containsExactlyElementsOf(
            LongStream.range(0, deliveries).mapToObj(Long::toString).toList());
    assertThat(tracker.unacknowledged()).isZero();
  }

  @Test
  void waitsForEarlierEpochsWhereThatIsWanted() {
    DeliveryTracker waiting = new DeliveryTracker(true);
    TrackedDelivery early = waiting.open(1, ack("early"));
    TrackedDelivery earlier = waiting.open(1, ack("earlier"));
    waiting.beginEpoch();
    waiting.beginEpoch();
    waiting.open(0, ack("1"));
    TrackedDelivery late = waiting.open(1, ack("2"));
    assertThat(told).isEmpty();

    earlier.recordDone();
    assertThat(told).containsExactly("stale earlier");
    early.recordDone();
    assertThat(told).containsExactly("stale earlier", "stale early", "1");

    late.recordDone();
    assertThat(told).containsExactly("stale earlier", "stale early", "1", "2");
  }

  @Test
  void waitsOnceForWhatCameAgainInSeveralEpochs() {
    DeliveryTracker waiting = new DeliveryTracker(true);
    TrackedDelivery first = waiting.open(1, ack("first"));
    waiting.beginEpoch();
    waiting.redeliver(first, ack("first 2"));
    waiting.beginEpoch();
    waiting.redeliver(first, ack("first 3"));
    waiting.open(0, ack("new"));
    assertThat(told).isEmpty();

    first.recordDone();

    assertThat(told).containsExactly("first 3", "new");
  }
}
