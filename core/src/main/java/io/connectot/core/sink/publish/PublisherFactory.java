// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.config.Configuration;
import io.connectot.core.sink.SinkContext;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Makes what a task writes to Kafka with. */
public interface PublisherFactory {
  /** Makes a publisher, without waiting for Kafka. */
  RecordPublisher publisher(Configuration config, SinkContext context);

  /** Makes the store of the journal, without waiting for Kafka. */
  JournalStore journal(Configuration config, SinkContext context);

  /**
   * The ends of those partitions that no task of the connector has read yet; none if that is not
   * known.
   */
  Map<TopicPartition, Long> newPartitions(
      Configuration config, Collection<TopicPartition> partitions);
}
