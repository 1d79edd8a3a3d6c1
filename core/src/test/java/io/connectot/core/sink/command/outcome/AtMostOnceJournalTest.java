// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.CommandResult;
import io.connectot.core.sink.command.outcome.CommandJournal.Former;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.JournalStore;
import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** A partition that a task loses, and gets again, while a command of it is under way. */
class AtMostOnceJournalTest {
  private static final TopicPartition PARTITION = new TopicPartition("commands", 0);

  private final Store store = new Store();
  private final AtMostOnceJournal journal =
      new AtMostOnceJournal(store, Duration.ofSeconds(1), duration -> {});

  @Test
  void notesTheAttemptsOfOneCommand() throws Exception {
    journal.claim(List.of(PARTITION));
    Command command = command(7);
    journal.started(command);
    journal.started(command);
    assertThat(journal.over(command, List.of())).isCompleted();
    assertThat(store.notes).containsEntry("press", "7 OVER");
  }

  @Test
  void aCommandThatComesAgainIsNotNotedAgain() throws Exception {
    journal.claim(List.of(PARTITION));
    Command again = command(7);
    journal.started(command(7));

    assertThat(journal.former(again)).isEqualTo(Former.STARTED);
    assertThatThrownBy(() -> journal.started(again))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("not sent again");
    assertThat(journal.failure()).isEmpty();
    journal.started(command(8));
  }

  @Test
  void sendsNothingWhenThePartitionCameBackMeanwhile() {
    journal.claim(List.of(PARTITION));
    store.meanwhile =
        () -> {
          journal.release(List.of(PARTITION));
          journal.claim(List.of(PARTITION));
        };

    assertThatThrownBy(() -> journal.started(command(7)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("lost the partition");
  }

  @Test
  void theLossOfAPartitionIsNoFailure() {
    journal.claim(List.of(PARTITION));
    journal.release(List.of(PARTITION));

    assertThatThrownBy(() -> journal.started(command(7))).isInstanceOf(ProtocolException.class);
    assertThat(journal.over(command(6), List.of())).isNotCompleted();
    assertThat(journal.failure()).isEmpty();
  }

  private static Command command(long offset) {
    return new Command(
        new CommandResult.Origin(null, "commands", 0, offset, null),
        Instant.MAX,
        "press",
        List.of(),
        null);
  }

  /** Kafka. */
  private static final class Store implements JournalStore {
    private final Map<String, String> notes = new HashMap<>();
    private final Set<TopicPartition> owned = new HashSet<>();
    private Runnable meanwhile = () -> {};

    @Override
    public Map<TopicPartition, Map<String, String>> claim(Collection<TopicPartition> partitions) {
      owned.addAll(partitions);
      Map<TopicPartition, Map<String, String>> all = new HashMap<>();
      partitions.forEach(partition -> all.put(partition, Map.copyOf(notes)));
      return all;
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
      owned.removeAll(partitions);
    }

    @Override
    public void write(
        TopicPartition partition, String key, String note, List<PreparedRecord> records) {
      if (!owned.contains(partition)) {
        throw new ConnectException("not owned");
      }
      meanwhile.run();
      notes.put(key, note);
    }

    @Override
    public void close() {
      owned.clear();
    }
  }
}
