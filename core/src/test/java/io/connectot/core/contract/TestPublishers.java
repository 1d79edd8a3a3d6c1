// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.config.Configuration;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.publish.JournalStore;
import io.connectot.core.sink.publish.PublisherFactory;
import io.connectot.core.sink.publish.RecordPublisher;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Lets a sink publish to memory. */
record TestPublishers(PublishedResults results) implements PublisherFactory {
  @Override
  public RecordPublisher publisher(Configuration config, SinkContext context) {
    return results;
  }

  @Override
  public JournalStore journal(Configuration config, SinkContext context) {
    return new MemoryJournal(results);
  }

  @Override
  public Map<TopicPartition, Long> newPartitions(
      Configuration config, Collection<TopicPartition> partitions) {
    return Map.of();
  }
}
