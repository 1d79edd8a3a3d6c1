// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, as a consumer that sees only committed records, and compares
 * contents without keeping them. For one thread.
 */
final class Sequence implements AutoCloseable {
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> next = new HashMap<>();
  private long count;
  private long duplicates;
  private long missing;
  private long digest;

  Sequence(String bootstrapServers, String topic) {
    partition = new TopicPartition(topic, 0);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "max.poll.records", "5000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
  }

  /** Reads what there is, and for up to a second more. */
  void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
      count++;
      digest = 31 * digest + Arrays.hashCode(record.key());
      digest = 31 * digest + Arrays.hashCode(record.value());
      digest = 31 * digest + record.timestamp();
      follow(record);
    }
  }

  /** Reads until there are so many records. */
  void readUntil(long records, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (count < records && System.nanoTime() < end) {
      read();
    }
  }

  /** Reads all that is committed now. */
  void readToEnd(Duration limit) {
    long last = consumer.endOffsets(List.of(partition)).get(partition);
    long end = System.nanoTime() + limit.toNanos();
    while (consumer.position(partition) < last && System.nanoTime() < end) {
      read();
    }
  }

  private void follow(ConsumerRecord<byte[], byte[]> record) {
    String value = new String(record.value(), StandardCharsets.UTF_8);
    int at = value.lastIndexOf("\"sequence\":");
    if (at < 0) {
      return;
    }
    long sequence = Long.parseLong(value.substring(at + 11, value.length() - 1));
    String key = new String(record.key(), StandardCharsets.UTF_8);
    long expected = next.getOrDefault(key, 0L);
    if (sequence < expected) {
      duplicates++;
    } else {
      missing += sequence - expected;
      next.put(key, sequence + 1);
    }
  }

  /** The number of records. */
  long count() {
    return count;
  }

  /** The keys with the sequence number that would be next. */
  Map<String, Long> next() {
    return new TreeMap<>(next);
  }

  /** Records that were there before, or that come after a later one of their key. */
  long duplicates() {
    return duplicates;
  }

  /** Records that a later one of their key overtook. */
  long missing() {
    return missing;
  }

  /** A digest of keys, values, times and their order. */
  long digest() {
    return digest;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
