// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.connectot.it.fixture.SequenceReader;
import io.connectot.it.fixture.Sequences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the values of counters in Kafka. Counter {@code n} is the tag {@code C<n>}, its values are
 * 1, 2, 3 …; the 0 it begins with tells that it is read. For one thread.
 */
final class CounterTally extends SequenceReader {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final int counters;
  private final BitSet read = new BitSet();

  CounterTally(String bootstrapServers, String topics, int counters, Sequences sequences) {
    super(bootstrapServers, topics, sequences);
    this.counters = counters;
  }

  /** Waits until every counter has sent something, and so all that it counts from now on counts. */
  void awaitAllRead(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (read.cardinality() < counters) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%,d of %,d counters are read after %s".formatted(read.cardinality(), counters, limit));
      }
      read(Duration.ofMillis(100));
    }
  }

  @Override
  protected void count(ConsumerRecord<byte[], byte[]> record, Sequences counted) {
    JsonNode value;
    try {
      value = JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!value.path("quality").asText().equals("GOOD")) {
      return;
    }
    int counter = Integer.parseInt(value.path("tag").asText().substring(1));
    read.set(counter);
    int number = value.path("value_long").asInt();
    if (number > 0) {
      counted.count(counter, number - 1);
    }
  }
}
