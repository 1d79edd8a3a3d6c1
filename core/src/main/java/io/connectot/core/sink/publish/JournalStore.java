// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.mapping.record.PreparedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps the last note of every key, for each partition of commands. A partition has one owner: a
 * claim excludes the former one for good. Thread-safe.
 */
public interface JournalStore extends AutoCloseable {

  /**
   * Becomes the owner of partitions.
   *
   * @return the notes of former owners, by key, of each partition
   * @throws org.apache.kafka.connect.errors.ConnectException when that is not possible
   */
  Map<TopicPartition, Map<String, String>> claim(Collection<TopicPartition> partitions);

  /** Gives partitions up. */
  void release(Collection<TopicPartition> partitions);

  /**
   * Writes a note and records, all of them or none. Returns when Kafka has them.
   *
   * @throws NotWrittenException when Kafka has none of them, and does not get them later
   * @throws org.apache.kafka.connect.errors.ConnectException when the partition has another owner,
   *     or Kafka will never take them
   */
  void write(TopicPartition partition, String key, String note, List<PreparedRecord> records)
      throws NotWrittenException, InterruptedException;

  /** Gives all partitions up. Idempotent. */
  @Override
  void close();

  /** Kafka is away for now. */
  final class NotWrittenException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotWrittenException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
