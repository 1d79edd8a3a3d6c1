// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Rate;
import io.connectot.core.model.WriteRule.Verify;
import io.connectot.core.sink.command.check.Verification;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device and a session that misbehave; and limits that need a clock. */
class DeviceExecutionTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final AtomicLong ticks = new AtomicLong();
  private final Clock clock = new Clock(() -> NOW.plusNanos(ticks.get()), ticks::get);
  private final Session session = new Session();
  private CommandJournal journal = CommandJournal.none(null);
  private final Device<String> device = new Device<>("press", "tally://x", "x", Map.of());

  @Test
  void sendsNothingAgainWhenTheSessionAnswersTooLittle() throws Exception {
    session.outcomes = List.of();
    assertThat(attempt(rule(Verify.NONE, Optional.empty()), 5))
        .singleElement()
        .satisfies(result -> assertThat(result.state()).isEqualTo(State.UNKNOWN));
    assertThat(session.written).containsExactly(5L);
  }

  @Test
  void sendsNothingAgainWhenReadingBackFails() throws Exception {
    session.readFails = true;
    assertThat(attempt(rule(Verify.READ, Optional.empty()), 5))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.UNKNOWN);
              assertThat(result.status()).isEqualTo("NOT_VERIFIED");
            });
    assertThat(session.written).containsExactly(5L);
  }

  @Test
  void reportsAValueThatTheDeviceDidNotKeep() throws Exception {
    session.kept = new LongValue(4);
    assertThat(attempt(rule(Verify.UNTIL, Optional.empty()), 5))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.FAILED);
              assertThat(result.read()).isEqualTo(new LongValue(4));
            });
    assertThat(session.reads).isGreaterThan(2);
  }

  @Test
  void toleratesADifferenceThatIsAllowed() throws Exception {
    session.kept = new DoubleValue(5.4);
    WriteRule tolerant =
        new WriteRule(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Verify.READ,
            new BigDecimal("0.5"),
            Optional.empty(),
            false);
    assertThat(attempt(tolerant, 5))
        .singleElement()
        .satisfies(result -> assertThat(result.verified()).isTrue());
  }

  @Test
  void writesNoMoreOftenThanAllowed() throws Exception {
    WriteRule rule = rule(Verify.NONE, Optional.of(new Rate(2, Duration.ofMinutes(1))));
    DeviceExecution<String, Integer> execution = execution(rule);
    List<State> states = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      states.add(execution.attempt(command(i), new CommandProgress()).get(0).state());
    }
    ticks.addAndGet(Duration.ofSeconds(61).toNanos());
    states.add(execution.attempt(command(9), new CommandProgress()).get(0).state());

    assertThat(states).containsExactly(State.DONE, State.DONE, State.REJECTED, State.DONE);
    assertThat(session.written).containsExactly(0L, 1L, 9L);
  }

  @Test
  void expiresWhileTheDeviceCannotBeAsked() throws Exception {
    session.targetFails = true;
    DeviceExecution<String, Integer> execution = execution(rule(Verify.NONE, Optional.empty()));
    CommandProgress progress = new CommandProgress();
    assertThat(execution.attempt(command(5), progress)).isEmpty();
    assertThat(execution.pauses(ticks.get())).isTrue();
    ticks.addAndGet(Duration.ofHours(2).toNanos());

    assertThat(execution.attempt(command(5), progress))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.EXPIRED);
              assertThat(result.cause()).contains("unexpected failure");
            });
    assertThat(session.written).isEmpty();
  }

  @Test
  void doesNotCallACommandRejectedThatMayHaveBeenCarriedOut() throws Exception {
    session.outcomes = List.of(new WriteOutcome.Unknown("TIMEOUT", "no answer"));
    WriteRule rule = idempotent(Optional.of(new Rate(1, Duration.ofMinutes(1))));
    DeviceExecution<String, Integer> execution = execution(rule);
    CommandProgress progress = new CommandProgress();
    assertThat(execution.attempt(command(5), progress)).isEmpty();
    ticks.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(execution.attempt(command(5), progress))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.UNKNOWN);
              assertThat(result.status()).isEqualTo("TIMEOUT");
              assertThat(result.cause()).contains("write.rate");
            });
    assertThat(session.written).containsExactly(5L);
  }

  @ParameterizedTest
  @MethodSource("outcomesOfAWriteThatWasNotDone")
  void doesNotCallACommandUndoneThatAnAttemptBeforeMayHaveDone(WriteOutcome second)
      throws Exception {
    session.outcomes = List.of(new WriteOutcome.Unknown("TIMEOUT", "no answer"));
    DeviceExecution<String, Integer> execution = execution(idempotent(Optional.empty()));
    CommandProgress progress = new CommandProgress();
    assertThat(execution.attempt(command(5), progress)).isEmpty();
    ticks.addAndGet(Duration.ofSeconds(2).toNanos());
    session.outcomes = List.of(second);

    assertThat(execution.attempt(command(5), progress))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.UNKNOWN);
              assertThat(result.status()).isEqualTo("TIMEOUT");
              assertThat(result.cause()).contains("no answer").contains("refused");
            });
  }

  static List<WriteOutcome> outcomesOfAWriteThatWasNotDone() {
    return List.of(
        new WriteOutcome.Failed("2", "the device refused it"),
        new WriteOutcome.Rejected("refused before it was sent"));
  }

  @Test
  void sendsNothingOfAPartitionThatTheTaskLost() throws Exception {
    CommandProgress progress = new CommandProgress();
    progress.dropped = true;
    assertThat(execution(rule(Verify.NONE, Optional.empty())).attempt(command(5), progress))
        .isEmpty();
    assertThat(session.written).isEmpty();
  }

  @Test
  void sendsNothingThatExpiredWhileItWasNoted() throws Exception {
    journal = new SlowJournal(ticks);
    assertThat(attempt(rule(Verify.NONE, Optional.empty()), 5))
        .singleElement()
        .satisfies(result -> assertThat(result.state()).isEqualTo(State.EXPIRED));
    assertThat(session.written).isEmpty();
  }

  /** Kafka takes longer for a note than a command lives. */
  private record SlowJournal(AtomicLong ticks) implements CommandJournal {
    @Override
    public Former former(Command command) {
      return Former.NONE;
    }

    @Override
    public void started(Command command) {
      ticks.addAndGet(Duration.ofHours(2).toNanos());
    }

    @Override
    public boolean repeats() {
      return false;
    }

    @Override
    public CompletionStage<Void> over(Command command, List<PreparedRecord> results) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static WriteRule idempotent(Optional<Rate> rate) {
    return new WriteRule(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rate,
        Verify.NONE,
        BigDecimal.ZERO,
        Optional.empty(),
        true);
  }

  private List<CommandResult> attempt(WriteRule rule, long value) throws InterruptedException {
    return execution(rule).attempt(command(value), new CommandProgress());
  }

  private static WriteRule rule(Verify verify, Optional<Rate> rate) {
    return new WriteRule(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rate,
        verify,
        BigDecimal.ZERO,
        Optional.empty(),
        false);
  }

  private static Command command(long value) {
    return new Command(
        new CommandResult.Origin(null, "commands", 0, value, NOW),
        NOW.plus(Duration.ofHours(1)),
        "press",
        List.of(new Command.Write("speed", new LongValue(value))),
        null);
  }

  private DeviceExecution<String, Integer> execution(WriteRule rule) {
    Tag<Integer> tag =
        new Tag<>(
                "speed",
                0,
                ValueType.INT64,
                Optional.empty(),
                Duration.ofSeconds(1),
                ReportPolicy.ALL,
                Scaling.NONE,
                Map.of())
            .writable(rule);
    return new DeviceExecution<>(
        device,
        List.of(tag),
        session,
        new Verification<>(Duration.ofSeconds(1), clock, pause -> ticks.addAndGet(pause.toNanos())),
        journal,
        Duration.ofSeconds(1),
        clock);
  }

  private static final class Session
      implements SessionSource<String, Integer>, WritingSession<String, Integer> {
    private final List<Long> written = new ArrayList<>();
    private List<WriteOutcome> outcomes = List.of(WriteOutcome.Done.ACCEPTED);
    private io.connectot.core.model.Value kept;
    private boolean readFails;
    private boolean targetFails;
    private int reads;

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
    public WriteTarget target(Device<String> of, Tag<Integer> tag) {
      if (targetFails) {
        throw new IllegalStateException("odd");
      }
      return WriteTarget.of(ValueType.INT64);
    }

    @Override
    public List<WriteOutcome> write(Device<String> of, List<TagWrite<Integer>> writes) {
      writes.forEach(write -> written.add(((LongValue) write.value()).value()));
      return outcomes;
    }

    @Override
    public List<ReadBack> read(Device<String> of, List<Tag<Integer>> tags) {
      reads++;
      if (readFails) {
        throw new IllegalStateException("odd");
      }
      return List.of(ReadBack.of(kept));
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
