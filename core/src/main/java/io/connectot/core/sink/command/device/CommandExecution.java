// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.model.CommandResult;
import io.connectot.core.sink.command.read.Command;
import java.util.List;

/** Carries out commands. For one thread at a time. */
interface CommandExecution {

  /**
   * Tries to carry out a command.
   *
   * @param progress of the command, which this method updates
   * @return the results of its writes; empty when it has to be tried again later
   */
  List<CommandResult> attempt(Command command, CommandProgress progress)
      throws InterruptedException;

  /** Whether another attempt makes no sense yet at an instant of the clock's ticker. */
  boolean pauses(long tick);
}
