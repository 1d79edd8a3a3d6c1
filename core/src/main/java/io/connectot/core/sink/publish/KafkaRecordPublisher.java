// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.connection.Threads;
import io.connectot.core.mapping.record.PreparedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records with a producer of its own. One thread sends, because a producer blocks while it
 * does not know the topic; that thread waits as long as Kafka is away. Thread-safe.
 */
final class KafkaRecordPublisher implements RecordPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordPublisher.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Producer<byte[], byte[]> producer;
  private final KafkaRecords records;
  private final Duration retry;
  private final BlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * Records that are sent together.
   *
   * @param open number of records that Kafka does not have yet
   * @param again a record of the batch that is sent again; null for the whole batch
   */
  private record Batch(
      List<PreparedRecord> records,
      AtomicInteger open,
      CompletableFuture<Void> done,
      ProducerRecord<byte[], byte[]> again) {}

  /**
   * @param records makes Kafka's records
   * @param threads prefix of the name of its thread
   */
  KafkaRecordPublisher(Producer<byte[], byte[]> producer, KafkaRecords records, String threads) {
    this(producer, records, threads, RETRY);
  }

  KafkaRecordPublisher(
      Producer<byte[], byte[]> producer, KafkaRecords records, String threads, Duration retry) {
    this.producer = producer;
    this.records = records;
    this.retry = retry;
    this.thread = Threads.factory(threads + "-results-").newThread(this::run);
    thread.start();
  }

  @Override
  public CompletionStage<Void> send(List<PreparedRecord> records) {
    Batch batch =
        new Batch(records, new AtomicInteger(records.size()), new CompletableFuture<>(), null);
    if (records.isEmpty()) {
      batch.done().complete(null);
    } else {
      queue.add(batch);
    }
    return batch.done();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try {
      while (!closed) {
        Batch batch = queue.take();
        if (batch.again() != null) {
          sendUntilTaken(batch, batch.again());
        }
        for (PreparedRecord record : batch.records()) {
          sendUntilTaken(batch, records.apply(record));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Waits while the producer does not know the topic, be it that Kafka is away. */
  private void sendUntilTaken(Batch batch, ProducerRecord<byte[], byte[]> record)
      throws InterruptedException {
    while (!closed) {
      try {
        // Failures come to the callback, which sees them once; the future would tell them again.
        var unused = producer.send(record, (metadata, error) -> sent(batch, record, error));
        return;
      } catch (RetriableException e) {
        LOG.warn("Results cannot be written to {}, retrying: {}", record.topic(), e.getMessage());
        TimeUnit.NANOSECONDS.sleep(retry.toNanos());
      }
    }
  }

  /** Called by the producer's thread, or by this one. */
  private void sent(Batch batch, ProducerRecord<byte[], byte[]> record, Exception error) {
    if (error == null) {
      if (batch.open().decrementAndGet() == 0) {
        batch.done().complete(null);
      }
    } else if (error instanceof RetriableException) {
      // The producer retries for as long as delivery.timeout.ms; this is a topic it lost meanwhile.
      LOG.warn("A result was not written to {}, retrying: {}", record.topic(), error.getMessage());
      queue.add(new Batch(List.of(), batch.open(), batch.done(), record));
    } else if (!closed) {
      failed(error);
    }
  }

  private void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    thread.interrupt();
    producer.close(CLOSE);
  }
}
