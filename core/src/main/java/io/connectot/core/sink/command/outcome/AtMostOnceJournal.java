// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.sink.command.check.Verification;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.JournalStore;
import io.connectot.core.sink.publish.JournalStore.NotWrittenException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes every command before the device gets it, and its end together with its results, so that no
 * command is sent twice. Thread-safe.
 *
 * <p>As a device gets the commands of a partition in their order, and one at a time, the last note
 * of each device says everything: commands before it are over, commands after it are new.
 */
public final class AtMostOnceJournal implements CommandJournal {
  private static final Logger LOG = LoggerFactory.getLogger(AtMostOnceJournal.class);
  private static final String STARTED = "STARTED";
  private static final String OVER = "OVER";

  private final JournalStore store;
  private final Verification.Sleeper sleeper;
  private final Duration pause;

  /** The last note of each device, by the partitions that the task owns. */
  private final Map<TopicPartition, Map<String, Note>> last = new ConcurrentHashMap<>();

  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * The last note of a device.
   *
   * @param command that this task noted; null for the note of a former owner
   */
  private record Note(long offset, boolean over, Command command) {
    static Optional<Note> parse(String text) {
      int blank = text.indexOf(' ');
      try {
        return blank < 0
            ? Optional.empty()
            : Optional.of(
                new Note(
                    Long.parseLong(text.substring(0, blank)),
                    text.substring(blank + 1).equals(OVER),
                    null));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * @param pause between attempts to write a result while Kafka is away
   */
  public AtMostOnceJournal(JournalStore store, Duration pause, Verification.Sleeper sleeper) {
    this.store = store;
    this.pause = pause;
    this.sleeper = sleeper;
  }

  /** Becomes the owner of partitions. */
  public void claim(Collection<TopicPartition> partitions) {
    store
        .claim(partitions)
        .forEach(
            (partition, texts) -> {
              Map<String, Note> notes = new ConcurrentHashMap<>();
              texts.forEach(
                  (device, text) -> Note.parse(text).ifPresent(note -> notes.put(device, note)));
              last.put(partition, notes);
            });
  }

  /** Gives partitions up. */
  public void release(Collection<TopicPartition> partitions) {
    partitions.forEach(last::remove);
    store.release(partitions);
  }

  @Override
  public Former former(Command command) {
    Map<String, Note> notes = last.get(partition(command));
    Note note = notes == null ? null : notes.get(command.device());
    if (note == null || note.offset() < command.origin().offset()) {
      return Former.NONE;
    }
    return note.over() || note.offset() > command.origin().offset() ? Former.OVER : Former.STARTED;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // tells whether it is the same assignment and command
  public void started(Command command) throws ProtocolException, InterruptedException {
    Map<String, Note> notes = last.get(partition(command));
    Note before = notes == null ? null : notes.get(command.device());
    if (before != null
        && before.offset() >= command.origin().offset()
        && before.command() != command) {
      throw notNoted("the command was noted before and is not sent again", null);
    }
    try {
      store.write(partition(command), command.device(), note(command, STARTED), List.of());
    } catch (NotWrittenException e) {
      throw notNoted("Kafka does not take the journal: " + e.getMessage(), e);
    } catch (ConnectException e) {
      failed(command, e);
      throw new ProtocolException(Kind.FATAL, Scope.CONNECTION, "JOURNAL", e.getMessage(), e);
    }
    if (notes == null || last.get(partition(command)) != notes) {
      // Whoever owns the partition now decides about the command.
      throw notNoted("the task lost the partition of the command meanwhile", null);
    }
    notes.put(command.device(), new Note(command.origin().offset(), false, command));
  }

  private static ProtocolException notNoted(String reason, Throwable cause) {
    return new ProtocolException(Kind.TRANSIENT, Scope.DEVICE, "JOURNAL", reason, cause);
  }

  private static String note(Command command, String text) {
    return command.origin().offset() + " " + text;
  }

  @Override
  public boolean repeats() {
    return false;
  }

  /** Waits for Kafka: the next command of the device must not be noted before. */
  @Override
  public CompletionStage<Void> over(Command command, List<PreparedRecord> results) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      for (int attempt = 0; !closed; attempt++) {
        try {
          store.write(partition(command), command.device(), note(command, OVER), results);
          Map<String, Note> notes = last.get(partition(command));
          if (notes != null) {
            notes.put(command.device(), new Note(command.origin().offset(), true, command));
          }
          done.complete(null);
          return done;
        } catch (NotWrittenException e) {
          if (attempt == 0) {
            LOG.warn(
                "The result of a command for device {} is not written, retrying: {}",
                command.device(),
                e.getMessage());
          }
          sleeper.sleep(pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      failed(command, e);
    }
    return done;
  }

  /** Keeps the first failure, unless the task no longer owns the partition. */
  private void failed(Command command, ConnectException cause) {
    if (failure == null && last.containsKey(partition(command))) {
      failure = cause;
    }
  }

  /** Why no command will be noted any more; empty while commands are noted. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits for Kafka no more. */
  public void close() {
    closed = true;
    store.close();
  }

  private static TopicPartition partition(Command command) {
    return new TopicPartition(command.origin().topic(), command.origin().partition());
  }
}
