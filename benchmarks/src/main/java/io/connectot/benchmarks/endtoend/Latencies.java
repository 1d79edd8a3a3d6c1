// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Measures the age of records on arrival at a consumer, of messages or values that this machine
 * made. For one thread.
 */
public final class Latencies implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ToLongFunction<byte[]> age;

  /**
   * Starts at the end of a topic's only partition.
   *
   * @param age the age of a record in nanoseconds
   */
  public Latencies(String bootstrapServers, String topic, ToLongFunction<byte[]> age) {
    this.age = age;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    consumer.position(partitions.get(0));
  }

  /**
   * Waits for a number of messages.
   *
   * @return the ages in nanoseconds in ascending order, without those of the first messages
   * @throws IllegalStateException if they have not arrived within a limit
   */
  public long[] await(int count, int warmUp, Duration limit) {
    long[] ages = new long[count];
    long end = System.nanoTime() + limit.toNanos();
    int seen = 0;
    while (seen < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(seen + " of " + count + " messages arrived in " + limit);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (seen < count) {
          ages[seen++] = age.applyAsLong(message.value());
        }
      }
    }
    long[] counted = Arrays.copyOfRange(ages, warmUp, count);
    Arrays.sort(counted);
    return counted;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
