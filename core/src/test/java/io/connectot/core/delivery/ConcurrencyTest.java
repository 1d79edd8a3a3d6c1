// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.delivery.RecordBuffer.Deferred;
import io.connectot.core.source.polling.Plants;
import io.connectot.core.spi.Ack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What producer, session and task threads do at once, in many interleavings. AssertJ's objects
 * refuse {@code equals}, which Lincheck calls, so plain checks are used.
 */
@Tag("full")
class ConcurrencyTest {
  private static final int INTERLEAVINGS = 60;

  @Test
  void acknowledgesInOrderWhileRecordsAreDoneAndMessagesArrive() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, ConcurrencyTest::completeWhileOpening);
  }

  private static void completeWhileOpening() {
    DeliveryTracker tracker = new DeliveryTracker(false);
    List<String> told = new ArrayList<>();
    TrackedDelivery first = tracker.open(1, new Named("first", told));
    TrackedDelivery second = tracker.open(1, new Named("second", told));
    run(
        first::recordDone,
        () -> {
          second.recordDone();
          tracker.open(0, new Named("third", told));
        });

    check(told.equals(List.of("first", "second", "third")), told);
    check(tracker.unacknowledged() == 0, told);
  }

  @Test
  void aMessageIsAcknowledgedOrStaleOnceWhileItsConnectionEnds() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, ConcurrencyTest::completeWhileTheConnectionEnds);
  }

  private static void completeWhileTheConnectionEnds() {
    DeliveryTracker tracker = new DeliveryTracker(true);
    List<String> told = new ArrayList<>();
    TrackedDelivery old = tracker.open(1, new Named("old", told));
    run(
        old::recordDone,
        () -> {
          tracker.beginEpoch();
          tracker.open(0, new Named("new", told));
        });

    check(told.equals(List.of("old", "new")) || told.equals(List.of("stale old", "new")), told);
  }

  @Test
  void aRedeliveryIsAcknowledgedOnceWhileItsRecordsAreDone() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, ConcurrencyTest::redeliverWhileCompleting);
  }

  private static void redeliverWhileCompleting() {
    DeliveryTracker tracker = new DeliveryTracker(false);
    List<String> told = new ArrayList<>();
    TrackedDelivery first = tracker.open(1, new Named("first", told));
    run(
        first::recordDone,
        () -> {
          tracker.beginEpoch();
          tracker.redeliver(first, new Named("again", told));
        });

    long acknowledged = told.stream().filter("again"::equals).count();
    check(acknowledged == 1 && tracker.unacknowledged() == 0, told);
  }

  @Test
  void neverHoldsMoreThanItsBoundAndLosesNothing() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, ConcurrencyTest::claimWhileDraining);
  }

  private static void claimWhileDraining() {
    RecordBuffer buffer = new RecordBuffer(1, 1_000_000);
    List<Object> accepted = new ArrayList<>();
    List<SourceRecord> taken = new ArrayList<>();
    run(
        () -> {
          tryPut(buffer, "a", accepted);
          tryPut(buffer, "b", accepted);
        },
        () -> drain(buffer, taken));
    check(buffer.records() <= 1, buffer.records());
    drain(buffer, taken);

    List<Object> keys = new ArrayList<>();
    taken.forEach(each -> keys.add(each.key()));
    check(keys.equals(accepted) && buffer.records() == 0, keys);
  }

  private static void tryPut(RecordBuffer buffer, String key, List<Object> accepted) {
    try {
      if (buffer.tryClaim(1, 10, Duration.ZERO)) {
        buffer.put(List.of(record(key)), 1, 10);
        accepted.add(key);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsDeferredIsQueuedOnceOrTakenBack() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, ConcurrencyTest::cancelWhileDraining);
  }

  private static void cancelWhileDraining() {
    RecordBuffer buffer = new RecordBuffer(1, 1_000_000);
    put(buffer, "a");
    Deferred deferred = buffer.defer(List.of(record("b")));
    List<SourceRecord> taken = new ArrayList<>();
    List<Boolean> cancelled = new ArrayList<>();
    run(() -> drain(buffer, taken), () -> cancelled.add(deferred.cancel()));
    drain(buffer, taken);
    drain(buffer, taken);

    int expected = cancelled.get(0) ? 1 : 2;
    check(taken.size() == expected && buffer.records() == 0, taken.size());
  }

  private static void put(RecordBuffer buffer, String key) {
    try {
      buffer.claim(1, 10, () -> false);
      buffer.put(List.of(record(key)), 1, 10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void drain(RecordBuffer buffer, List<SourceRecord> into) {
    try {
      into.addAll(buffer.drain(1, Duration.ZERO));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static TrackedRecord record(String key) {
    return Plants.record(TrackedDelivery.UNTRACKED, key, 10);
  }

  private static void check(boolean holds, Object found) {
    if (!holds) {
      throw new AssertionError("found " + found);
    }
  }

  private static void run(Runnable one, Runnable other) {
    Thread first = new Thread(one);
    Thread second = new Thread(other);
    first.start();
    second.start();
    try {
      first.join();
      second.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Named implements Ack {
    private final String name;
    private final List<String> told;

    Named(String name, List<String> told) {
      this.name = name;
      this.told = told;
    }

    @Override
    public void delivered() {
      told.add(name);
    }

    @Override
    public void stale() {
      told.add("stale " + name);
    }
  }
}
