// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Device;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.outcome.CommandOutcomes;
import io.connectot.core.sink.command.outcome.ResultBuilder;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.RecordPublisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition whose command a device is getting while the task loses it. */
class DeviceLaneTest {
  private static final TopicPartition PARTITION = new TopicPartition("commands", 0);
  private static final long LONG = TimeUnit.MINUTES.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Each permit lets one attempt end. */
  private final Semaphore ends = new Semaphore(0);

  private final List<Long> sent = new CopyOnWriteArrayList<>();
  private final List<Long> settled = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Void>> publications = new ArrayList<>();
  private volatile boolean fails;
  private volatile boolean kafkaIsAway;

  private final CommandExecution execution =
      new CommandExecution() {
        @Override
        public List<CommandResult> attempt(Command command, CommandProgress progress)
            throws InterruptedException {
          sent.add(command.origin().offset());
          ends.acquire();
          return fails
              ? List.of()
              : new ResultBuilder(command, 1, null, Instant.EPOCH)
                  .all(CommandResult.State.DONE, null, null);
        }

        @Override
        public boolean pauses(long tick) {
          return false;
        }
      };

  private final RecordPublisher publisher =
      new RecordPublisher() {
        @Override
        public CompletionStage<Void> send(List<PreparedRecord> records) {
          CompletableFuture<Void> done = new CompletableFuture<>();
          publications.add(done);
          if (!kafkaIsAway) {
            done.complete(null);
          }
          return done;
        }

        @Override
        public Optional<Throwable> failure() {
          return Optional.empty();
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  private final DeviceLane lane =
      new DeviceLane(
          new Device<>("press", "tally://x", "x", Map.of()),
          execution,
          new CommandOutcomes(
              Optional.of(
                  new CommandOutcomes.Publication(
                      CommandJournal.none(publisher),
                      new CommandResultMapper(new RecordOrigin("", "tally", "c"), "results"))),
              TaskMetrics.unpublished(TaskMetric.Scope.COMMANDS)),
          threads,
          Clock.SYSTEM);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private void add(long offset) {
    lane.add(
        new Command(
            new CommandResult.Origin(null, "commands", 0, offset, null),
            Instant.MAX,
            "press",
            List.of(),
            null),
        (WriteResult result) -> settled.add(offset));
  }

  @Test
  void holdsFurtherCommandsAndWaitsForTheOneThatTheDeviceGets() throws Exception {
    add(0);
    add(1);
    await().until(() -> sent.equals(List.of(0L)));
    lane.hold();
    ends.release();
    lane.awaitCurrent(true, LONG);
    assertThat(settled).containsExactly(0L);
    lane.wake();
    lane.awaitIdle(LONG);
    assertThat(sent).containsExactly(0L);

    ends.release();
    lane.resume();
    await().until(() -> settled.equals(List.of(0L, 1L)));
  }

  @Test
  void waitsForTheResultTooIfAsked() throws Exception {
    kafkaIsAway = true;
    add(0);
    ends.release();
    lane.awaitCurrent(false, LONG);
    lane.awaitCurrent(true, 1);
    await().until(() -> publications.size() == 1);
    assertThat(settled).isEmpty();
    publications.get(0).complete(null);
    lane.awaitCurrent(true, LONG);
    assertThat(settled).containsExactly(0L);
  }

  @Test
  void aCommandThatComesAgainWhileTheDeviceGetsItIsNotSentAgain() throws Exception {
    add(7);
    await().until(() -> sent.equals(List.of(7L)));
    lane.revoke(List.of(PARTITION), 1);
    add(7);
    add(8);
    ends.release(2);
    await().until(() -> settled.contains(8L));
    assertThat(sent).containsExactly(7L, 8L);
    // The former record, which the task ignores, and the new one.
    assertThat(settled).containsExactly(7L, 7L, 8L);
    assertThat(publications).hasSize(2);
  }

  @Test
  void aRevokedCommandWithoutAResultIsCarriedOutWhenItComesAgain() throws Exception {
    fails = true;
    add(7);
    await().until(() -> sent.equals(List.of(7L)));
    lane.revoke(List.of(PARTITION), 1);
    ends.release();
    lane.awaitIdle(LONG);
    fails = false;
    ends.release();
    add(7);
    await().until(() -> settled.equals(List.of(7L)));
    assertThat(sent).containsExactly(7L, 7L);
  }
}
