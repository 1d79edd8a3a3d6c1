// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.mqtt.transport.OutboundMessage;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that the broker does not have yet, or that is on its way to the dead letter queue. What
 * may change is guarded by the lock of the {@link PublishQueue} it is in.
 *
 * @param <R> the record as its owner knows it
 */
public final class PendingRecord<R> {
  /** What a record takes beside its content, in bytes, roughly. */
  private static final int OVERHEAD = 500;

  /** The payload and the value it was made of, which is kept for a report. */
  private static final long COPIES = 3;

  /** Where a record stands. */
  enum State {
    /** To be sent, for the first time or again. */
    QUEUED,
    /** Sent, without an answer. */
    SENT,
    /** The broker has it. */
    DONE,
    /** The broker does not want it. */
    REFUSED,
    /** Reported; settled when the report is. */
    REPORTED
  }

  private final R record;
  private final TopicPartition partition;
  private final long offset;

  /** Null for a record of which there is no message. */
  private final OutboundMessage message;

  private State state;

  /** How often it was sent, so that late answers to an earlier attempt are told from later ones. */
  private int attempt;

  /** Why the broker refused it; empty unless it did. */
  private String refusal = "";

  /** Null unless {@link State#REPORTED}. */
  private Future<?> report;

  /** Null until it is in a {@link PublishQueue}. */
  private PartitionQueue<R> queue;

  private PendingRecord(
      R record,
      TopicPartition partition,
      long offset,
      OutboundMessage message,
      State state,
      Future<?> report) {
    this.record = record;
    this.partition = partition;
    this.offset = offset;
    this.message = message;
    this.state = state;
    this.report = report;
  }

  /** A record to publish. */
  public static <R> PendingRecord<R> toPublish(
      R record, TopicPartition partition, long offset, OutboundMessage message) {
    return new PendingRecord<>(record, partition, offset, message, State.QUEUED, null);
  }

  /** A record that was reported instead; its offset counts once {@code report} is complete. */
  public static <R> PendingRecord<R> reported(
      R record, TopicPartition partition, long offset, Future<?> report) {
    return new PendingRecord<>(record, partition, offset, null, State.REPORTED, report);
  }

  /** The record as its owner knows it. */
  public R record() {
    return record;
  }

  /** The partition it came from. */
  public TopicPartition partition() {
    return partition;
  }

  /** Its offset there. */
  public long offset() {
    return offset;
  }

  /** What is published; empty for a record of which there is no message. */
  public Optional<OutboundMessage> message() {
    return Optional.ofNullable(message);
  }

  OutboundMessage outbound() {
    return message;
  }

  /** Roughly what it takes of the heap. */
  long bytes() {
    return message == null
        ? OVERHEAD
        : OVERHEAD + COPIES * message.payload().length + 2L * message.topic().length();
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

  int nextAttempt() {
    attempt++;
    return attempt;
  }

  /** The reason code and name the broker refused it with. */
  public String refusal() {
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

  PartitionQueue<R> queue() {
    return queue;
  }

  void queue(PartitionQueue<R> newQueue) {
    queue = newQueue;
  }

  /** Whether the broker or the receiver of reports has it. */
  boolean isSettled() {
    return state == State.DONE || (state == State.REPORTED && arrived(report));
  }

  private static boolean arrived(Future<?> report) {
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
