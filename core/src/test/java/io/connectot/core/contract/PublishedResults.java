// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.sink.publish.JournalStore.NotWrittenException;
import io.connectot.core.sink.publish.RecordPublisher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Keeps the records of a sink in memory, as a Kafka that has each at once, or none while it is
 * away. Thread-safe.
 */
public final class PublishedResults implements RecordPublisher {
  private final List<PreparedRecord> records = new CopyOnWriteArrayList<>();

  /** Guarded by this, as the other. */
  private final List<Runnable> waiting = new ArrayList<>();

  private boolean away;
  private long epoch;
  private final Map<String, String> notes = new LinkedHashMap<>();

  @Override
  public CompletionStage<Void> send(List<PreparedRecord> sent) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable store =
        () -> {
          records.addAll(sent);
          done.complete(null);
        };
    synchronized (this) {
      if (away) {
        waiting.add(store);
        return done;
      }
    }
    store.run();
    return done;
  }

  /** Excludes those who have an epoch from the journal. */
  synchronized long nextEpoch() {
    return ++epoch;
  }

  /** The last note of each device. */
  synchronized Map<String, String> notes() {
    return Map.copyOf(notes);
  }

  /** All notes, for messages. */
  synchronized String note() {
    return notes.toString();
  }

  /** Writes a note and records at once. */
  synchronized void note(long writer, String key, String note, List<PreparedRecord> sent)
      throws NotWrittenException {
    if (writer != epoch) {
      throw new ConnectException("fenced");
    }
    if (away) {
      throw new NotWrittenException("Kafka is away", null);
    }
    notes.put(key, note);
    records.addAll(sent);
  }

  /** Kafka is away from now on. */
  public synchronized void goAway() {
    away = true;
  }

  /** Kafka is back, and gets what was sent meanwhile. */
  public void comeBack() {
    List<Runnable> late;
    synchronized (this) {
      away = false;
      late = new ArrayList<>(waiting);
      waiting.clear();
    }
    late.forEach(Runnable::run);
  }

  /** What was sent while Kafka was away is lost, as when the worker is killed. */
  public synchronized void lose() {
    waiting.clear();
  }

  /** The results of commands, in order. */
  public List<Struct> results() {
    return ofSchema("io.connectot.CommandResult");
  }

  /** The states of devices, in order. */
  public List<String> states() {
    return ofSchema("io.connectot.DeviceStatus").stream()
        .map(status -> status.getString("state"))
        .toList();
  }

  private List<Struct> ofSchema(String name) {
    return records.stream()
        .filter(found -> found.valueSchema().name().equals(name))
        .map(found -> (Struct) found.value())
        .toList();
  }

  /** The result of the command at an offset for a tag. */
  public Optional<Struct> result(long offset, String tag) {
    return results().stream()
        .filter(result -> result.getInt64("command_offset") == offset)
        .filter(result -> tag.equals(result.getString("tag")))
        .findFirst();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // What was published stays.
  }
}
