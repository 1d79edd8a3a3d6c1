// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.model.WriteRule;
import io.connectot.core.sink.command.check.Verification;
import io.connectot.core.sink.command.device.DeviceExecution;
import io.connectot.core.sink.command.device.DeviceLane;
import io.connectot.core.sink.command.device.SessionSource;
import io.connectot.core.sink.command.outcome.AtMostOnceJournal;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.outcome.CommandOutcomes;
import io.connectot.core.sink.command.outcome.ResultBuilder;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.JournalStore;
import io.connectot.core.sink.publish.RecordPublisher;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/**
 * Ends a task at every single step of writing five commands, starts another one from the offset
 * that is committed, and so on until all are over.
 */
class CrashTest {
  private static final int COMMANDS = 5;
  private static final TopicPartition PARTITION = new TopicPartition("commands", 0);
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = new Clock(() -> NOW, () -> 0);

  @Test
  void sendsNoCommandTwiceWithAJournal() {
    int steps = run(new World(Integer.MAX_VALUE, true)).steps;
    assertThat(steps).isGreaterThan(4 * COMMANDS);
    for (int crash = 1; crash <= steps; crash++) {
      World world = run(new World(crash, true));
      assertThat(world.written).as("crash at step %s", crash).doesNotHaveDuplicates().isSorted();
      assertThat(world.offsets())
          .as("results after a crash at step %s", crash)
          .containsExactly(0L, 1L, 2L, 3L, 4L);
      for (Struct result : world.results) {
        boolean reached = world.written.contains(result.getInt64("command_offset"));
        assertThat(result.getString("state"))
            .as("crash at step %s: %s", crash, result)
            .isIn(reached ? List.of("DONE", "UNKNOWN") : List.of("UNKNOWN"));
      }
      assertThat(world.results)
          .filteredOn(result -> !result.getString("state").equals("DONE"))
          .hasSizeLessThan(2);
    }
  }

  @Test
  void losesNoCommandWithoutAJournal() {
    int steps = run(new World(Integer.MAX_VALUE, false)).steps;
    for (int crash = 1; crash <= steps; crash++) {
      World world = run(new World(crash, false));
      assertThat(world.written).as("crash at step %s", crash).contains(0L, 1L, 2L, 3L, 4L);
      assertThat(world.written).as("crash at step %s", crash).isSorted();
      assertThat(world.offsets()).as("crash at step %s", crash).contains(0L, 1L, 2L, 3L, 4L);
      assertThat(world.results)
          .extracting(result -> result.getString("state"))
          .containsOnly("DONE");
    }
  }

  @Test
  void anOldOwnerSendsNothingMore() {
    World world = new World(Integer.MAX_VALUE, true);
    Task old = new Task(world);
    Task current = new Task(world);

    old.write(0);
    assertThat(world.written).isEmpty();
    current.write(0);
    assertThat(world.written).containsExactly(0L);
    assertThat(old.journal.failure()).isPresent();
  }

  private static World run(World world) {
    while (world.committed < COMMANDS) {
      Task task = new Task(world);
      for (long offset = world.committed; offset < COMMANDS && !world.crashed; offset++) {
        task.write(offset);
      }
      assertThat(world.crashed || world.committed == COMMANDS).isTrue();
      world.crashed = false;
    }
    return world;
  }

  /** The process dies. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What outlives a task: Kafka and the device. */
  private static final class World implements RecordPublisher {
    private final int crashAt;
    private final boolean once;
    private final List<Long> written = new ArrayList<>();
    private final List<Struct> results = new ArrayList<>();
    private final Map<String, String> notes = new HashMap<>();
    private int steps;
    private int epoch;
    private boolean crashed;
    private long committed;

    World(int crashAt, boolean once) {
      this.crashAt = crashAt;
      this.once = once;
    }

    /** Something happens here that may be the last of the task. */
    void step() {
      if (crashed || ++steps == crashAt) {
        crashed = true;
        throw new Crash();
      }
    }

    void store(List<PreparedRecord> records) {
      records.forEach(made -> results.add((Struct) made.value()));
    }

    List<Long> offsets() {
      return results.stream().map(result -> result.getInt64("command_offset")).toList();
    }

    @Override
    public CompletionStage<Void> send(List<PreparedRecord> records) {
      step();
      store(records);
      step();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // It outlives the task.
    }
  }

  /** A task's view of the journal. */
  private static final class Store implements JournalStore {
    private final World world;
    private int epoch;

    Store(World world) {
      this.world = world;
    }

    @Override
    public Map<TopicPartition, Map<String, String>> claim(Collection<TopicPartition> partitions) {
      epoch = ++world.epoch;
      return Map.of(PARTITION, Map.copyOf(world.notes));
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
      // Nothing is held.
    }

    @Override
    public void write(
        TopicPartition partition, String key, String note, List<PreparedRecord> records) {
      world.step();
      if (epoch != world.epoch) {
        throw new org.apache.kafka.connect.errors.ConnectException("fenced");
      }
      world.notes.put(key, note);
      world.store(records);
      world.step();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** One life of a task, whose threads are the test's. */
  private static final class Task {
    private final World world;
    private final AtMostOnceJournal journal;
    private final CommandJournal used;
    private final DeviceLane lane;
    private final CommandOutcomes outcomes;

    Task(World world) {
      this.world = world;
      this.journal = new AtMostOnceJournal(new Store(world), Duration.ofSeconds(1), duration -> {});
      journal.claim(List.of(PARTITION));
      this.used = world.once ? journal : CommandJournal.none(world);
      Device<String> device = new Device<>("press", "tally://x", "x", Map.of());
      this.outcomes =
          new CommandOutcomes(
              Optional.of(
                  new CommandOutcomes.Publication(
                      used,
                      new CommandResultMapper(new RecordOrigin("", "tally", "c"), "results"))),
              TaskMetrics.unpublished(TaskMetric.Scope.COMMANDS));
      DeviceExecution<String, Integer> execution =
          new DeviceExecution<>(
              device,
              List.of(tag()),
              new Connected(world),
              new Verification<>(Duration.ZERO, CLOCK, duration -> {}),
              used,
              Duration.ofSeconds(1),
              CLOCK);
      this.lane = new DeviceLane(device, execution, outcomes, Runnable::run, CLOCK);
    }

    private static Tag<Integer> tag() {
      return new Tag<>(
              "speed",
              0,
              ValueType.INT64,
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of())
          .writable(
              new WriteRule(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  WriteRule.Verify.NONE,
                  BigDecimal.ZERO,
                  Optional.empty(),
                  false));
    }

    /** As the session of the task does it. */
    void write(long offset) {
      Command command =
          new Command(
              new CommandResult.Origin(null, "commands", 0, offset, NOW),
              NOW.plusSeconds(30),
              "press",
              List.of(new Command.Write("speed", new LongValue(offset))),
              null);
      Consumer<io.connectot.core.sink.WriteResult> settled =
          result -> {
            if (!world.crashed) {
              world.committed = offset + 1;
            }
          };
      try {
        switch (used.former(command)) {
          case OVER -> settled.accept(null);
          case STARTED ->
              outcomes.complete(
                  command,
                  null,
                  new ResultBuilder(command, 1, null, NOW)
                      .all(CommandResult.State.UNKNOWN, "INTERRUPTED", "the task ended"),
                  settled);
          case NONE -> lane.add(command, settled);
        }
      } catch (Crash e) {
        assertThat(world.crashed).isTrue();
      }
    }
  }

  /** A device that counts what is written. */
  private record Connected(World world)
      implements SessionSource<String, Integer>, WritingSession<String, Integer> {
    @Override
    public Optional<WritingSession<String, Integer>> session() {
      return Optional.of(this);
    }

    @Override
    public Optional<ProtocolException> problem() {
      return Optional.empty();
    }

    @Override
    public void open(Consumer<ProtocolException> lost) {
      // It is open.
    }

    @Override
    public WriteTarget target(Device<String> device, Tag<Integer> tag) {
      return WriteTarget.of(ValueType.INT64);
    }

    @Override
    public List<WriteOutcome> write(Device<String> device, List<TagWrite<Integer>> writes) {
      world.step();
      writes.forEach(write -> world.written.add(((LongValue) write.value()).value()));
      world.step();
      return List.of(WriteOutcome.Done.ACCEPTED);
    }

    @Override
    public List<ReadBack> read(Device<String> device, List<Tag<Integer>> tags) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String currentEndpoint() {
      return "tally://x";
    }

    @Override
    public void close() {
      // It stays open.
    }
  }
}
