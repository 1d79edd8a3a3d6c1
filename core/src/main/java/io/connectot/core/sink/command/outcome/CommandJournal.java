// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.RecordPublisher;
import io.connectot.core.spi.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What Kafka knows of the progress of commands. Thread-safe. */
public interface CommandJournal {

  /** What became of a command before the task had it. */
  public enum Former {
    /** Nothing. */
    NONE,
    /** It may have been sent to the device, and has no result. */
    STARTED,
    /** It has a result. */
    OVER
  }

  /** What became of a command before the task had it. */
  Former former(Command command);

  /**
   * A command is about to be sent. Returns when Kafka knows.
   *
   * @throws ProtocolException when Kafka cannot know now, so that the command must not be sent
   */
  void started(Command command) throws ProtocolException, InterruptedException;

  /** Whether a command may be sent again when it is not known whether the device has it. */
  boolean repeats();

  /**
   * A command is over.
   *
   * @return is complete when Kafka has the records of its results, and never fails
   */
  CompletionStage<Void> over(Command command, List<PreparedRecord> results);

  /** Notes nothing: a command whose result is not in Kafka is carried out again. */
  static CommandJournal none(RecordPublisher publisher) {
    return new CommandJournal() {
      @Override
      public Former former(Command command) {
        return Former.NONE;
      }

      @Override
      public void started(Command command) {
        // Nothing is noted.
      }

      @Override
      public boolean repeats() {
        return true;
      }

      @Override
      public CompletionStage<Void> over(Command command, List<PreparedRecord> results) {
        return publisher.send(results);
      }
    };
  }
}
