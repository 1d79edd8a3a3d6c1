// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.source.polling.Plants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBufferTest {
  private static final Duration NO_WAIT = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final TrackedDelivery delivery = TrackedDelivery.UNTRACKED;

  @Test
  void handsRecordsOutInOrderAndInPortions() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    fill(buffer, "a", "b", "c");

    assertThat(keys(buffer.drain(2, NO_WAIT))).containsExactly("a", "b");
    assertThat(keys(buffer.drain(2, NO_WAIT))).containsExactly("c");
    assertThat(buffer.drain(2, NO_WAIT)).isEmpty();
    assertThat(buffer.records()).isZero();
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void isBoundedByRecords() throws Exception {
    RecordBuffer buffer = new RecordBuffer(3, 1000);

    assertThat(buffer.tryClaim(2, 10, NO_WAIT)).isTrue();
    assertThat(buffer.tryClaim(2, 10, NO_WAIT)).isFalse();
    assertThat(buffer.tryClaim(1, 10, NO_WAIT)).isTrue();
    assertThat(buffer.records()).isEqualTo(3);
  }

  @Test
  void isBoundedByBytes() throws Exception {
    RecordBuffer buffer = new RecordBuffer(100, 1000);

    assertThat(buffer.tryClaim(1, 600, NO_WAIT)).isTrue();
    assertThat(buffer.tryClaim(1, 401, NO_WAIT)).isFalse();
    assertThat(buffer.tryClaim(1, 400, NO_WAIT)).isTrue();
    assertThat(buffer.bytes()).isEqualTo(1000);
  }

  @Test
  void givesBackWhatAClaimHadOver() throws Exception {
    RecordBuffer buffer = new RecordBuffer(5, 1000);
    buffer.tryClaim(5, 1000, NO_WAIT);

    buffer.put(List.of(Plants.record(delivery, "a", 100)), 5, 1000);

    assertThat(buffer.records()).isEqualTo(1);
    assertThat(buffer.bytes()).isEqualTo(100);
    assertThat(buffer.tryClaim(4, 900, NO_WAIT)).isTrue();
  }

  @Test
  void grantsAClaimLargerThanItselfOnlyWhenItIsEmpty() throws Exception {
    RecordBuffer buffer = new RecordBuffer(2, 100);
    fill(buffer, "a");
    assertThat(buffer.tryClaim(50, 5000, NO_WAIT)).isFalse();

    buffer.drain(1, NO_WAIT);

    assertThat(buffer.tryClaim(50, 5000, NO_WAIT)).isTrue();
    assertThat(buffer.tryClaim(1, 1, NO_WAIT)).isFalse();
  }

  @Test
  void aClaimWaitsUntilThereIsRoom() throws Exception {
    RecordBuffer buffer = new RecordBuffer(1, 1000);
    fill(buffer, "a");
    CompletableFuture<Void> claim = inBackground(() -> buffer.claim(1, 10, () -> false));
    assertThat(claim).isNotDone();

    assertThat(keys(buffer.drain(1, NO_WAIT))).containsExactly("a");

    await().until(claim::isDone);
    assertThat(claim).isCompleted();
    assertThat(buffer.records()).isEqualTo(1);
  }

  @Test
  void aClaimWithATimeLimitWaitsForRoomToo() throws Exception {
    RecordBuffer buffer = new RecordBuffer(1, 1000);
    fill(buffer, "a");
    CompletableFuture<Void> claim =
        inBackground(() -> assertThat(buffer.tryClaim(1, 10, LONG)).isTrue());
    assertThat(claim).isNotDone();

    assertThat(keys(buffer.drain(1, NO_WAIT))).containsExactly("a");

    await().until(claim::isDone);
    assertThat(claim).isCompleted();
  }

  @Test
  void roomForSeveralClaimsIsGrantedToAllOfThem() throws Exception {
    RecordBuffer buffer = new RecordBuffer(3, 1000);
    buffer.tryClaim(3, 30, NO_WAIT);
    CompletableFuture<Void> first = inBackground(() -> buffer.claim(1, 10, () -> false));
    CompletableFuture<Void> second =
        inBackground(() -> assertThat(buffer.tryClaim(1, 10, LONG)).isTrue());
    CompletableFuture<Void> third = inBackground(() -> buffer.claim(1, 10, () -> false));

    buffer.put(List.of(), 3, 30);

    await().until(() -> first.isDone() && second.isDone() && third.isDone());
    assertThat(buffer.records()).isEqualTo(3);
  }

  @Test
  void aCancelledClaimLeavesTheRoomToTheNext() throws Exception {
    RecordBuffer buffer = new RecordBuffer(1, 1000);
    buffer.tryClaim(1, 10, NO_WAIT);
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<Void> first = inBackground(() -> buffer.claim(2, 10, cancelled::get));
    CompletableFuture<Void> second = inBackground(() -> buffer.claim(1, 10, () -> false));

    cancelled.set(true);
    buffer.wakeClaims();
    await().until(first::isDone);
    buffer.put(List.of(), 1, 10);

    await().until(second::isDone);
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompleted();
  }

  @Test
  void closingEndsAClaimWithATimeLimit() throws Exception {
    RecordBuffer buffer = new RecordBuffer(1, 1000);
    fill(buffer, "a");
    CompletableFuture<Void> claim =
        inBackground(() -> assertThat(buffer.tryClaim(1, 10, LONG)).isFalse());

    buffer.close();

    await().until(claim::isDone);
    assertThat(claim).isCompleted();
  }

  @Test
  void aDrainWaitsForTheFirstRecord() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    List<SourceRecord> drained = new ArrayList<>();
    CompletableFuture<Void> drain = inBackground(() -> drained.addAll(buffer.drain(10, LONG)));

    fill(buffer, "a");

    await().until(drain::isDone);
    assertThat(keys(drained)).containsExactly("a");
  }

  @Test
  void aDrainWaitsUntilThereAreEnoughRecords() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    List<SourceRecord> drained = new ArrayList<>();
    fill(buffer, "a");

    CompletableFuture<Void> drain = inBackground(() -> drained.addAll(buffer.drain(2, LONG, LONG)));
    fill(buffer, "b");

    await().until(drain::isDone);
    assertThat(keys(drained)).containsExactly("a", "b");
  }

  @Test
  void aDrainDoesNotWaitForOthersLongerThanForTheFirst() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    fill(buffer, "a");

    assertThat(keys(buffer.drain(2, LONG, NO_WAIT))).containsExactly("a");
    assertThat(buffer.drain(2, NO_WAIT, LONG)).isEmpty();
  }

  @Test
  void aDrainThatWaitsForOthersEndsWhenSomebodyNeedsRoom() throws Exception {
    RecordBuffer full = new RecordBuffer(1, Long.MAX_VALUE);
    List<SourceRecord> drained = new ArrayList<>();
    fill(full, "a");

    CompletableFuture<Void> drain = inBackground(() -> drained.addAll(full.drain(10, LONG, LONG)));
    CompletableFuture<Void> claim = inBackground(() -> full.claim(1, 1, () -> false));

    await().until(() -> drain.isDone() && claim.isDone());
    assertThat(keys(drained)).containsExactly("a");
  }

  @Test
  void aDrainThatWaitsForOthersEndsWhenRecordsAreDeferred() throws Exception {
    RecordBuffer full = new RecordBuffer(1, Long.MAX_VALUE);
    fill(full, "a");
    full.defer(List.of(Plants.record(TrackedDelivery.UNTRACKED, "b", 1)));

    assertThat(keys(full.drain(10, LONG, LONG))).containsExactly("a");
    assertThat(keys(full.drain(10, LONG, NO_WAIT))).containsExactly("b");
  }

  @Test
  void closingEndsADrainThatWaitsForOthers() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    List<SourceRecord> drained = new ArrayList<>();
    fill(buffer, "a");

    CompletableFuture<Void> drain =
        inBackground(() -> drained.addAll(buffer.drain(10, LONG, LONG)));
    buffer.close();

    await().until(drain::isDone);
    assertThat(keys(drained)).containsExactly("a");
  }

  @Test
  void closingWakesEverybodyWhoWaits() throws Exception {
    RecordBuffer full = new RecordBuffer(1, 1000);
    fill(full, "a");
    CompletableFuture<Void> claim = inBackground(() -> full.claim(1, 10, () -> false));
    RecordBuffer empty = new RecordBuffer(1, 1000);
    CompletableFuture<Void> drain = inBackground(() -> assertThat(empty.drain(1, LONG)).isEmpty());

    full.close();
    empty.close();

    await().until(() -> claim.isDone() && drain.isDone());
    assertThatThrownBy(claim::join).hasCauseInstanceOf(InterruptedException.class);
    assertThat(drain).isCompleted();
  }

  @Test
  void nothingCanBeClaimedOnceItIsClosed() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    buffer.close();

    assertThat(buffer.tryClaim(1, 1, NO_WAIT)).isFalse();
    assertThatThrownBy(() -> buffer.claim(1, 1, () -> false))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatWasQueuedBeforeItClosedCanStillBeTaken() throws Exception {
    RecordBuffer buffer = new RecordBuffer(10, 1000);
    fill(buffer, "a");
    buffer.close();

    assertThat(keys(buffer.drain(10, LONG))).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void neverHoldsMoreThanItsBoundsHoweverManyClaimAtOnce(long seed) throws Exception {
    int maxRecords = 20;
    long maxBytes = 2000;
    int perProducer = 300;
    RecordBuffer buffer = new RecordBuffer(maxRecords, maxBytes);
    AtomicInteger queued = new AtomicInteger();
    AtomicInteger producing = new AtomicInteger(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<String> taken = new ArrayList<>();
    try {
      List<Future<?>> producers = new ArrayList<>();
      for (int producer = 0; producer < 4; producer++) {
        Random random = new Random(seed * 31 + producer);
        String name = "p" + producer + "-";
        producers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < perProducer; i++) {
                    produce(buffer, random, name + i, queued);
                  }
                  producing.decrementAndGet();
                  return null;
                }));
      }
      Random random = new Random(seed);
      while (producing.get() > 0 || buffer.records() > 0) {
        assertThat(buffer.records()).isBetween(0, maxRecords);
        assertThat(buffer.bytes()).isBetween(0L, maxBytes);
        taken.addAll(keys(buffer.drain(1 + random.nextInt(10), Duration.ofMillis(1))));
      }
      for (Future<?> producer : producers) {
        producer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(taken).hasSize(queued.get());
    for (int producer = 0; producer < 4; producer++) {
      String name = "p" + producer + "-";
      assertThat(taken.stream().filter(key -> key.startsWith(name)).map(RecordBufferTest::number))
          .isSorted();
    }
    assertThat(buffer.records()).isZero();
    assertThat(buffer.bytes()).isZero();
  }

  /** Claims room for a few records and uses all, some or none of it. */
  private void produce(RecordBuffer buffer, Random random, String key, AtomicInteger queued)
      throws InterruptedException {
    int records = 1 + random.nextInt(8);
    long bytes = records * 100L;
    if (random.nextBoolean()) {
      buffer.claim(records, bytes, () -> false);
    } else if (!buffer.tryClaim(records, bytes, NO_WAIT)) {
      return;
    }
    List<TrackedRecord> batch = new ArrayList<>();
    int used = random.nextInt(records + 1);
    for (int i = 0; i < used; i++) {
      batch.add(Plants.record(delivery, key, 1 + random.nextInt(100)));
    }
    queued.addAndGet(used);
    buffer.put(batch, records, bytes);
  }

  private void fill(RecordBuffer buffer, String... keys) throws InterruptedException {
    for (String key : keys) {
      assertThat(buffer.tryClaim(1, 10, NO_WAIT)).isTrue();
      buffer.put(List.of(Plants.record(delivery, key, 10)), 1, 10);
    }
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(key.indexOf('-') + 1));
  }

  private static List<String> keys(List<SourceRecord> records) {
    return records.stream().map(found -> (String) found.key()).toList();
  }

  private interface Interruptible {
    void run() throws InterruptedException;
  }

  private static CompletableFuture<Void> inBackground(Interruptible work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
