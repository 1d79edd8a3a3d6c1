// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.testing.SinkRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All threads of a sink task at once, over connections that are lost again and again. */
class WriteStressTest {
  private static final int PARTITIONS = 3;
  private static final int EACH = 4000;
  private static final int CONNECTIONS = 60;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final WriteQueue<Integer> queue = new WriteQueue<>(100, 1L << 30);
  private final WriteDispatcher<Integer> dispatcher =
      new WriteDispatcher<>(
          "stress",
          "target",
          queue,
          new Backoff(Duration.ofNanos(1), Duration.ofNanos(10), () -> 0),
          TaskMetrics.unpublished(Scope.SINK),
          Clock.SYSTEM);
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  /** What arrived: partition and offset in one number. Guarded by this. */
  private final List<Integer> arrived = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    dispatcher.close();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Completes writes on other threads, at once or when it ends. */
  private final class Session implements WriteSession<Integer> {
    private static final int WINDOW = 10;

    /** Guarded by the test, as the other. */
    private final List<Consumer<WriteResult>> inFlight = new ArrayList<>();

    private boolean over;

    @Override
    public void open(ConnectionEnd end) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean write(Integer write, Consumer<WriteResult> callback) {
      int chance = ThreadLocalRandom.current().nextInt(10);
      synchronized (WriteStressTest.this) {
        if (over || inFlight.size() >= WINDOW) {
          return false;
        }
        arrived.add(write);
        inFlight.add(callback);
        WriteStressTest.this.notifyAll();
      }
      Outcome outcome = chance == 0 ? Outcome.RETRY : Outcome.DONE;
      if (chance == 1) {
        complete(callback, outcome);
      } else {
        threads.execute(() -> complete(callback, outcome));
      }
      return true;
    }

    private void complete(Consumer<WriteResult> callback, Outcome outcome) {
      synchronized (WriteStressTest.this) {
        if (!inFlight.remove(callback)) {
          return;
        }
        WriteStressTest.this.notifyAll();
      }
      callback.accept(new WriteResult(outcome, ""));
    }

    @Override
    public boolean awaitWindow(Duration timeout) throws InterruptedException {
      synchronized (WriteStressTest.this) {
        if (!over && inFlight.size() >= WINDOW) {
          WriteStressTest.this.wait(timeout.toMillis());
        }
        return !over && inFlight.size() < WINDOW;
      }
    }

    @Override
    public int inFlight() {
      synchronized (WriteStressTest.this) {
        return inFlight.size();
      }
    }

    void end() {
      List<Consumer<WriteResult>> lost;
      synchronized (WriteStressTest.this) {
        over = true;
        lost = List.copyOf(inFlight);
        WriteStressTest.this.notifyAll();
      }
      lost.forEach(callback -> complete(callback, Outcome.RETRY));
    }
  }

  private Void addAll() throws InterruptedException {
    for (int offset = 0; offset < EACH; offset++) {
      if (!queue.awaitRoom(LIMIT)) {
        throw new AssertionError("no room after " + LIMIT);
      }
      List<PendingRecord<Integer>> batch = new ArrayList<>();
      for (int number = 0; number < PARTITIONS; number++) {
        TopicPartition partition = new TopicPartition("t", number);
        batch.add(
            PendingRecord.toWrite(
                SinkRecords.of(partition, offset, null), number * EACH + offset, 1));
      }
      queue.add(batch);
    }
    return null;
  }

  private synchronized void awaitArrivals(int more) throws InterruptedException {
    int expected = Math.min(arrived.size() + more, PARTITIONS * EACH);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (arrived.size() < expected && System.nanoTime() < end) {
      wait(LIMIT.toMillis());
    }
    assertThat(arrived).hasSizeGreaterThanOrEqualTo(expected);
  }

  @Test
  void writesEverythingInTheOrderOfItsPartition() throws Exception {
    Future<Void> added = threads.submit(this::addAll);
    dispatcher.start();
    for (int i = 0; i < CONNECTIONS; i++) {
      Session session = new Session();
      dispatcher.connecting(session);
      dispatcher.connected(i > 0);
      awaitArrivals(150);
      session.end();
      dispatcher.disconnected(
          new ProtocolException(
              Kind.TRANSIENT, ProtocolException.Scope.CONNECTION, "LOST", "lost", null));
    }
    dispatcher.connecting(new Session());
    dispatcher.connected(true);
    added.get(1, TimeUnit.MINUTES);
    assertThat(queue.awaitResults(LIMIT)).isTrue();
    assertThat(queue.records()).isZero();
    assertThat(queue.bytes()).isZero();
    int[] next = new int[PARTITIONS];
    int[] last = new int[PARTITIONS];
    for (int write : arrived) {
      int partition = write / EACH;
      int offset = write % EACH;
      assertThat(offset).as("nothing is skipped").isLessThanOrEqualTo(next[partition]);
      next[partition] = Math.max(next[partition], offset + 1);
      last[partition] = offset;
    }
    assertThat(next).containsOnly(EACH);
    assertThat(last).as("the latest arrives last").containsOnly(EACH - 1);
  }
}
