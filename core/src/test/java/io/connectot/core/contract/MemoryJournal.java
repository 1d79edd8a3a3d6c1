// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.sink.publish.JournalStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** A task's view of the journal that {@link PublishedResults} keeps for all of them. */
final class MemoryJournal implements JournalStore {
  private final PublishedResults kafka;
  private final Map<TopicPartition, Long> epochs = new ConcurrentHashMap<>();

  MemoryJournal(PublishedResults kafka) {
    this.kafka = kafka;
  }

  @Override
  public Map<TopicPartition, Map<String, String>> claim(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Map<String, String>> notes = new HashMap<>();
    for (TopicPartition partition : partitions) {
      epochs.put(partition, kafka.nextEpoch());
      notes.put(partition, kafka.notes());
    }
    return notes;
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    partitions.forEach(epochs::remove);
  }

  @Override
  public void write(TopicPartition partition, String key, String note, List<PreparedRecord> records)
      throws NotWrittenException {
    Long epoch = epochs.get(partition);
    if (epoch == null) {
      throw new ConnectException("not owned");
    }
    kafka.note(epoch, key, note, records);
  }

  @Override
  public void close() {
    epochs.clear();
  }
}
