// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the partitions that Kafka confirmed records of, up to a maximum. Written by one thread at
 * a time, that of the producer; read by any.
 */
final class ConfirmedPartitions {
  private final int most;

  /** Owned by the thread that writes, as the next two. */
  private final Set<TopicPartition> known = new HashSet<>();

  private String topic;
  private int partition;

  private volatile int count;

  /**
   * @param most more are not counted
   */
  ConfirmedPartitions(int most) {
    this.most = most;
  }

  /** Kafka has a record. Costs little: it is called for every record. */
  void confirmed(RecordMetadata metadata) {
    if (count < most && (metadata.partition() != partition || !metadata.topic().equals(topic))) {
      topic = metadata.topic();
      partition = metadata.partition();
      if (known.add(new TopicPartition(topic, partition))) {
        count = known.size();
      }
    }
  }

  /** How many, at most the maximum. */
  int count() {
    return count;
  }
}
