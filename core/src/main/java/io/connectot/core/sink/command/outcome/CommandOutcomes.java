// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Device;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.command.read.Command;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to the results of commands: they are counted and published, and the record of a
 * command is settled once Kafka has them. Thread-safe.
 */
public final class CommandOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(CommandOutcomes.class);

  private final Optional<Publication> publication;
  private final TaskMetrics metrics;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Null while results become records. */
  private volatile Throwable failure;

  /**
   * How results are published.
   *
   * @param journal takes their records
   * @param mapper makes their records
   */
  public record Publication(CommandJournal journal, CommandResultMapper mapper) {}

  /**
   * @param publication empty when results are only logged
   */
  public CommandOutcomes(Optional<Publication> publication, TaskMetrics metrics) {
    this.publication = publication;
    this.metrics = metrics;
    metrics.gauge(TaskMetric.RESULTS_WAITING, waiting::get);
  }

  /**
   * A command is over.
   *
   * @param command what was asked for
   * @param device null if it is not configured
   * @param results of its writes, at least one
   * @param settled takes the result of its record once Kafka has the results
   */
  public void complete(
      Command command,
      Device<?> device,
      List<CommandResult> results,
      Consumer<WriteResult> settled) {
    try {
      publish(command, device, results, settled);
    } catch (RuntimeException e) {
      // The offset of the command is never committed.
      failure = e;
      throw e;
    }
  }

  /** Why the result of a command was not published and never will be; empty if there is none. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void publish(
      Command command,
      Device<?> device,
      List<CommandResult> results,
      Consumer<WriteResult> settled) {
    results.forEach(this::count);
    if (publication.isEmpty()) {
      settled.accept(unpublished(results));
      return;
    }
    List<PreparedRecord> records =
        results.stream().map(result -> publication.get().mapper().map(result, device)).toList();
    results.forEach(result -> LOG.debug("Result of a command: {}", result));
    waiting.incrementAndGet();
    CompletionStage<Void> sent = publication.get().journal().over(command, records);
    sent.thenRun(
        () -> {
          waiting.decrementAndGet();
          settled.accept(new WriteResult(Outcome.DONE, ""));
        });
  }

  private void count(CommandResult result) {
    TaskMetric metric =
        switch (result.state()) {
          case DONE -> TaskMetric.WRITES_DONE;
          case REJECTED -> TaskMetric.WRITES_REJECTED;
          case EXPIRED -> TaskMetric.WRITES_EXPIRED;
          case FAILED -> TaskMetric.WRITES_FAILED;
          case UNKNOWN -> TaskMetric.WRITES_UNKNOWN;
        };
    metrics.add(metric, 1);
  }

  /** The error reporter of the worker takes a command that was not done. */
  private static WriteResult unpublished(List<CommandResult> results) {
    for (CommandResult result : results) {
      if (result.state() != State.DONE) {
        return new WriteResult(Outcome.REFUSED, text(result));
      }
    }
    return new WriteResult(Outcome.DONE, "");
  }

  private static String text(CommandResult result) {
    return result.state()
        + " device '"
        + result.device()
        + "'"
        + (result.tag() == null ? "" : ", tag '" + result.tag() + "'")
        + ": "
        + result.cause()
        + (result.status() == null ? "" : " (" + result.status() + ")");
  }
}
