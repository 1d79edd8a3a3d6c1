// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Value;
import io.connectot.core.sink.command.read.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the results of one command. */
public final class ResultBuilder {
  private final Command command;
  private final int attempts;
  private final Instant started;
  private final Instant finished;

  /**
   * @param attempts how often it was sent
   * @param started when it was first sent; null if never
   */
  public ResultBuilder(Command command, int attempts, Instant started, Instant finished) {
    this.command = command;
    this.attempts = attempts;
    this.started = started;
    this.finished = finished;
  }

  /** The same result for each of the writes, or the one of a command without any. */
  public List<CommandResult> all(State state, String status, String cause) {
    if (command.writes().isEmpty()) {
      return List.of(result(null, state, false, status, cause, null));
    }
    List<CommandResult> results = new ArrayList<>();
    for (Command.Write write : command.writes()) {
      results.add(result(write, state, false, status, cause, null));
    }
    return results;
  }

  /** Results of a command that is rejected because of one of its writes. */
  public List<CommandResult> rejected(int index, String reason) {
    List<CommandResult> results = new ArrayList<>();
    for (int i = 0; i < command.writes().size(); i++) {
      String cause =
          i == index
              ? reason
              : "tag '"
                  + command.writes().get(index).tag()
                  + "' of the same command is rejected, so nothing was sent";
      results.add(result(command.writes().get(i), State.REJECTED, false, null, cause, null));
    }
    return results;
  }

  /**
   * One result.
   *
   * @param write null for a command without any
   */
  public CommandResult result(
      Command.Write write, State state, boolean verified, String status, String cause, Value read) {
    return new CommandResult(
        command.device(),
        write == null ? null : write.tag(),
        command.origin(),
        state,
        verified,
        status,
        cause,
        write == null ? null : write.value(),
        read,
        attempts,
        started,
        finished);
  }
}
