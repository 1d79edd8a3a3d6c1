// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.SequenceReader;
import io.connectot.it.fixture.Sequences;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;

/** Passes on the records of Kafka topics, on its own thread, and survives any fault of Kafka. */
final class Collector implements AutoCloseable {
  private final Reader reader;
  private final Thread thread = new Thread(this::run, "collector");
  private volatile boolean closed;

  /**
   * @param topics a regular expression that a topic's whole name matches
   * @param records receives every record on the collector's thread
   */
  Collector(
      String bootstrapServers, String topics, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    this.reader = new Reader(bootstrapServers, topics, records);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (reader) {
      while (!closed) {
        reader.next();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes records on without counting them. */
  private static final class Reader extends SequenceReader {
    private final Consumer<ConsumerRecord<byte[], byte[]>> records;

    Reader(
        String bootstrapServers, String topics, Consumer<ConsumerRecord<byte[], byte[]>> records) {
      super(bootstrapServers, topics, new Sequences(0, 0));
      this.records = records;
    }

    void next() {
      try {
        read(Duration.ofMillis(100));
      } catch (TimeoutException e) {
        // Kafka does not answer; retried.
      }
    }

    @Override
    protected void count(ConsumerRecord<byte[], byte[]> record, Sequences counted) {
      records.accept(record);
    }
  }
}
