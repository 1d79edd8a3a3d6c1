// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that is not written yet, or whose error report is not in Kafka yet. Mutable fields are
 * guarded by the lock of its {@link WriteQueue}.
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

  private final SinkRecord record;
  private final TopicPartition partition;
  private final long offset;

  /** Null for a record that cannot be written. */
  private final W write;

  private final long bytes;

  private State state;

  /** Number of times it was sent; tells results of earlier attempts from those of the last. */
  private int attempt;

  /** Why the target refused it; empty unless it did. */
  private String refusal = "";

  /** Null unless {@link State#REPORTED}. */
  private Future<?> report;

  /** Null until it is in a {@link WriteQueue}. */
  private PartitionQueue<W> queue;

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

  SinkRecord record() {
    return record;
  }

  TopicPartition partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  W write() {
    return write;
  }

  /** Estimated heap. */
  long bytes() {
    return bytes;
  }

  State state() {
    return state;
  }

  void state(State newState) {
    state = newState;
  }

  int attempt() {
    return attempt;
  }

  void nextAttempt() {
    attempt++;
  }

  String refusal() {
    return refusal;
  }

  void refused(String reason) {
    refusal = reason;
    state = State.REFUSED;
  }

  void reported(Future<?> newReport) {
    report = newReport;
    state = State.REPORTED;
  }

  PartitionQueue<W> queue() {
    return queue;
  }

  void queue(PartitionQueue<W> newQueue) {
    queue = newQueue;
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
