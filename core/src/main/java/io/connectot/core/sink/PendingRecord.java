// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that is not written yet, or whose error report is not in Kafka yet.
 *
 * @param <W> what is written for a record
 */
final class PendingRecord<W> {
  /** Estimated heap of a record beside its content, in bytes. */
  private static final int OVERHEAD = 500;

  /** Progress of a record. */
  enum State {
    /** To be sent, for the first time or again. */
    QUEUED,
    /** Sent, without a result. */
    SENT,
    /** The target has it. */
    DONE,
    /** The target refused it; not reported yet. */
    REFUSED,
    /** Reported; settled once the report is in Kafka. */
    REPORTED
  }

  final SinkRecord record;
  final TopicPartition partition;
  final long offset;

  /** Null for a record that cannot be written. */
  final W write;

  /** Estimated heap. */
  final long bytes;

  /** Guarded by the lock of the queue, as all fields below. */
  State state;

  /** Number of times it was sent; by it, results of earlier attempts are recognized. */
  int attempt;

  /** Why the target refused it; empty unless it did. */
  String refusal = "";

  /** Null unless {@link State#REPORTED}. */
  Future<?> report;

  /** Null until it is in a {@link WriteQueue}. */
  PartitionQueue<W> queue;

  private PendingRecord(SinkRecord record, W write, long bytes, State state, Future<?> report) {
    this.record = record;
    this.partition = partitionOf(record);
    this.offset = record.originalKafkaOffset();
    this.write = write;
    this.bytes = bytes;
    this.state = state;
    this.report = report;
  }

  /**
   * A record to write.
   *
   * @param bytes estimated heap of its content
   */
  static <W> PendingRecord<W> toWrite(SinkRecord record, W write, long bytes) {
    return new PendingRecord<>(record, write, OVERHEAD + bytes, State.QUEUED, null);
  }

  /** A record that cannot be written; settled once {@code report} is complete. */
  static <W> PendingRecord<W> reported(SinkRecord record, Future<?> report) {
    return new PendingRecord<>(record, null, OVERHEAD, State.REPORTED, report);
  }

  /** Where Kafka has a record, whatever transformations made of its topic and partition. */
  static TopicPartition partitionOf(SinkRecord record) {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }

  /** Whether the target has it, or Kafka has the report. */
  boolean isSettled() {
    return state == State.DONE || (state == State.REPORTED && succeeded(report));
  }

  private static boolean succeeded(Future<?> report) {
    if (!report.isDone()) {
      return false;
    }
    try {
      report.get();
      return true;
    } catch (ExecutionException | CancellationException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
