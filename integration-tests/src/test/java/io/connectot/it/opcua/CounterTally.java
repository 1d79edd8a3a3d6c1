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
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the values of counters in Kafka. Counter {@code n} is the tag {@code C<n>}, its values are
 * 1, 2, 3 …; its initial value 0 shows that it is read. For one thread.
 */
final class CounterTally extends SequenceReader {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final int counters;
  private final BitSet read = new BitSet();

  /** The highest number of each counter so far, and its time; 0 before the first. */
  private final int[] highest;

  private final long[] highestMillis;
  private final List<Hole> holes = new ArrayList<>();

  /**
   * Numbers of a counter that did not arrive before a later one.
   *
   * @param tag the counter
   * @param after the time of the last number before the missing ones
   * @param until the time of the first number after them
   */
  record Hole(String tag, Instant after, Instant until) {}

  CounterTally(String bootstrapServers, String topics, int counters, Sequences sequences) {
    super(bootstrapServers, topics, sequences);
    this.counters = counters;
    this.highest = new int[counters];
    this.highestMillis = new long[counters];
  }

  /** Waits until every counter has sent a value, so that all later values have to arrive. */
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

  /** The missing numbers between the received values, if their order was kept. */
  List<Hole> holes() {
    return List.copyOf(holes);
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
    noteHole(counter, number, value.path("event_time").asLong());
    if (number > 0) {
      counted.count(counter, number - 1);
    }
  }

  private void noteHole(int counter, int number, long millis) {
    if (number > highest[counter] + 1) {
      holes.add(
          new Hole(
              "C" + counter,
              Instant.ofEpochMilli(highestMillis[counter]),
              Instant.ofEpochMilli(millis)));
    }
    if (number >= highest[counter]) {
      highest[counter] = number;
      highestMillis[counter] = millis;
    }
  }
}
