// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.WriteRule;
import io.connectot.core.sink.command.check.CommandCheck;
import io.connectot.core.sink.command.check.CommandCheck.RejectedWriteException;
import io.connectot.core.sink.command.check.Verification;
import io.connectot.core.sink.command.check.WriteLimits;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.outcome.ResultBuilder;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteOutcome.Done;
import io.connectot.core.spi.WriteOutcome.Failed;
import io.connectot.core.spi.WriteOutcome.Rejected;
import io.connectot.core.spi.WriteOutcome.Unknown;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.TagWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the commands of one device, from the check to the value that is read back. Used by
 * the thread of its {@link DeviceLane}.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class DeviceExecution<E, A> implements CommandExecution {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceExecution.class);

  private final Device<E> device;
  private final SessionSource<E, A> link;
  private final CommandCheck<E, A> check;
  private final WriteLimits limits;
  private final Verification<E, A> verification;
  private final CommandJournal journal;
  private final Duration pause;
  private final Clock clock;

  /** No attempt before, by the clock's ticker; only if {@link #paused}. */
  private volatile long pausedUntil;

  private volatile boolean paused;

  /**
   * @param tags of the device
   * @param pause between attempts
   */
  public DeviceExecution(
      Device<E> device,
      List<Tag<A>> tags,
      SessionSource<E, A> link,
      Verification<E, A> verification,
      CommandJournal journal,
      Duration pause,
      Clock clock) {
    this.device = device;
    this.link = link;
    this.limits = new WriteLimits(clock);
    this.check = new CommandCheck<>(device, tags, limits);
    this.verification = verification;
    this.journal = journal;
    this.pause = pause;
    this.clock = clock;
  }

  @Override
  public boolean pauses(long tick) {
    return paused && tick - pausedUntil < 0;
  }

  @Override
  public List<CommandResult> attempt(Command command, CommandProgress progress)
      throws InterruptedException {
    if (isExpired(command)) {
      return expired(command, progress);
    }
    Optional<WritingSession<E, A>> session = link.session();
    if (session.isEmpty() || pauses(clock.tick())) {
      return List.of();
    }
    paused = false;
    try {
      List<TagWrite<A>> writes = check.prepare(session.get(), command);
      if (isExpired(command)) {
        return expired(command, progress);
      }
      if (progress.dropped) {
        return List.of();
      }
      return send(session.get(), command, writes, progress);
    } catch (RejectedWriteException e) {
      // The device may have what an attempt before sent.
      return progress.unknown == null
          ? results(command, progress).rejected(e.index(), e.getMessage())
          : unknown(command, progress, e.getMessage());
    } catch (ProtocolException e) {
      progress.obstacle = e.getMessage();
      pause();
      return List.of();
    } catch (RuntimeException e) {
      // Nothing was sent: what fails later has an outcome.
      LOG.error("Unexpected failure before a write to device {}", device.name(), e);
      progress.obstacle = "unexpected failure: " + e + "; report it with the worker's log";
      pause();
      return List.of();
    }
  }

  private boolean isExpired(Command command) {
    return !clock.wall().instant().isBefore(command.expires());
  }

  private List<CommandResult> expired(Command command, CommandProgress progress) {
    if (progress.unknown != null) {
      return unknown(command, progress, "the command expired at " + command.expires());
    }
    String obstacle =
        progress.obstacle != null
            ? progress.obstacle
            : link.problem().map(ProtocolException::getMessage).orElse(null);
    return results(command, progress)
        .all(
            State.EXPIRED,
            null,
            "the command expired at "
                + command.expires()
                + " before it could be sent"
                + (obstacle == null ? "" : ": " + obstacle));
  }

  /** It was sent, and is not sent again. */
  private List<CommandResult> unknown(Command command, CommandProgress progress, String reason) {
    return results(command, progress)
        .all(
            State.UNKNOWN,
            progress.unknown.status(),
            progress.unknown.text() + "; not sent again: " + reason);
  }

  private ResultBuilder results(Command command, CommandProgress progress) {
    return new ResultBuilder(command, progress.attempts, progress.started, clock.wall().instant());
  }

  private List<CommandResult> send(
      WritingSession<E, A> session,
      Command command,
      List<TagWrite<A>> writes,
      CommandProgress progress)
      throws ProtocolException, InterruptedException {
    journal.started(command);
    if (isExpired(command)) {
      // Kafka took its time.
      return expired(command, progress);
    }
    Instant now = clock.wall().instant();
    List<WriteOutcome> outcomes;
    try {
      outcomes = session.write(device, writes);
      if (outcomes.size() != writes.size()) {
        throw new IllegalStateException(
            outcomes.size() + " outcomes of " + writes.size() + " writes");
      }
    } catch (RuntimeException e) {
      LOG.error("Unexpected failure of a write to device {}", device.name(), e);
      outcomes = unexpected(writes, e);
    }
    progress.attempts++;
    if (progress.started == null) {
      progress.started = now;
    }
    for (int i = 0; i < writes.size(); i++) {
      if (!(outcomes.get(i) instanceof Rejected)) {
        limits.written(writes.get(i).tag());
      }
    }
    Optional<Unknown> unknown =
        outcomes.stream().filter(Unknown.class::isInstance).map(Unknown.class::cast).findFirst();
    if (unknown.isPresent() && journal.repeats() && isIdempotent(writes)) {
      progress.unknown = unknown.get();
      pause();
      return List.of();
    }
    if (progress.unknown != null) {
      outcomes = withAttemptsBefore(outcomes, progress.unknown);
      progress.unknown = null;
    }
    return verified(session, command, writes, outcomes, progress);
  }

  /** A write that the last attempt did not do may have been done by one before. */
  private static List<WriteOutcome> withAttemptsBefore(
      List<WriteOutcome> outcomes, Unknown before) {
    List<WriteOutcome> all = new ArrayList<>();
    for (WriteOutcome outcome : outcomes) {
      String reason =
          outcome instanceof Failed failed
              ? failed.text()
              : outcome instanceof Rejected rejected ? rejected.reason() : null;
      all.add(
          reason == null
              ? outcome
              : new Unknown(
                  before.status(), before.text() + "; the next attempt failed: " + reason));
    }
    return all;
  }

  private static <A> List<WriteOutcome> unexpected(List<TagWrite<A>> writes, RuntimeException e) {
    List<WriteOutcome> outcomes = new ArrayList<>();
    writes.forEach(
        write ->
            outcomes.add(
                new Unknown(
                    "INTERNAL_ERROR",
                    "unexpected failure: " + e + "; report it with the worker's log")));
    return outcomes;
  }

  private static boolean isIdempotent(List<? extends TagWrite<?>> writes) {
    return writes.stream()
        .allMatch(write -> write.tag().writeRule().map(WriteRule::idempotent).orElse(false));
  }

  private void pause() {
    pausedUntil = clock.tick() + pause.toNanos();
    paused = true;
  }

  private List<CommandResult> verified(
      WritingSession<E, A> session,
      Command command,
      List<TagWrite<A>> writes,
      List<WriteOutcome> outcomes,
      CommandProgress progress)
      throws InterruptedException {
    List<Verification.Result> verified = verification.verify(session, device, writes, outcomes);
    ResultBuilder builder = results(command, progress);
    List<CommandResult> results = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      results.add(result(builder, command.writes().get(i), outcomes.get(i), verified.get(i)));
    }
    return results;
  }

  private static CommandResult result(
      ResultBuilder builder,
      Command.Write write,
      WriteOutcome outcome,
      Verification.Result verified) {
    if (outcome instanceof Done done) {
      return switch (verified.finding()) {
        case NOT_ASKED ->
            builder.result(write, State.DONE, done.verified(), done.status(), null, null);
        case SAME -> builder.result(write, State.DONE, true, done.status(), null, verified.read());
        case DIFFERENT ->
            builder.result(
                write, State.FAILED, false, "NOT_VERIFIED", verified.text(), verified.read());
        case UNREADABLE ->
            builder.result(write, State.UNKNOWN, false, "NOT_VERIFIED", verified.text(), null);
      };
    } else if (outcome instanceof Rejected rejected) {
      return builder.result(write, State.REJECTED, false, null, rejected.reason(), null);
    } else if (outcome instanceof Failed failed) {
      return builder.result(write, State.FAILED, false, failed.status(), failed.text(), null);
    }
    Unknown unknown = (Unknown) outcome;
    return builder.result(write, State.UNKNOWN, false, unknown.status(), unknown.text(), null);
  }
}
