// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.CommandResult;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.RecordPublisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CommandOutcomesTest {
  @Test
  void anUnexpectedFailureOfAResultIsToldAndSettlesNothing() {
    CommandOutcomes outcomes =
        new CommandOutcomes(
            Optional.of(
                new CommandOutcomes.Publication(
                    CommandJournal.none(new Broken()),
                    new CommandResultMapper(new RecordOrigin("", "tally", "c"), "results"))),
            TaskMetrics.unpublished(TaskMetric.Scope.COMMANDS));
    Command command =
        new Command(
            new CommandResult.Origin(null, "commands", 0, 7, null),
            Instant.MAX,
            "press",
            List.of(),
            null);
    List<CommandResult> results =
        new ResultBuilder(command, 1, null, Instant.EPOCH)
            .all(CommandResult.State.DONE, null, null);
    List<WriteResult> settled = new ArrayList<>();
    assertThat(outcomes.failure()).isEmpty();

    assertThatThrownBy(() -> outcomes.complete(command, null, results, settled::add))
        .isInstanceOf(IllegalStateException.class);

    assertThat(outcomes.failure()).containsInstanceOf(IllegalStateException.class);
    assertThat(settled).isEmpty();
  }

  /** Throws where it must not. */
  private static final class Broken implements RecordPublisher {
    @Override
    public CompletionStage<Void> send(List<PreparedRecord> records) {
      throw new IllegalStateException("odd");
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
