// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.SourceEvent;
import java.util.List;

/**
 * Where a streaming session puts what it receives. Thread-safe; the records of calls that follow
 * each other are queued in the order of the calls.
 */
public interface StreamSink {

  /**
   * Hands over messages, in order. Waits while the buffer is full, so that the protocol's own flow
   * control reaches the sender. A batch is queued as a whole: a few hundred messages at a time cost
   * the least. The list and its messages must not change afterwards.
   *
   * <p>The caller must hold no lock that an {@link Ack} of the session takes.
   *
   * @throws InterruptedException when the task stops, or the runtime gave up this connection: then
   *     nothing of the batch was queued, and no {@link Ack} of it is called
   * @throws org.apache.kafka.connect.errors.DataException when a measurement cannot become a
   *     record, which only a tag can cause that no configuration names: then nothing of the batch
   *     was queued
   */
  void deliver(List<Message> batch) throws InterruptedException;

  /** Hands over events without an acknowledgement; as {@link #deliver} of one message of them. */
  default void deliverEvents(List<? extends SourceEvent> events) throws InterruptedException {
    deliver(List.of(Message.of(events)));
  }

  /**
   * Reports to the runtime that the connection is lost. Returns at once; only the first call
   * counts.
   */
  void connectionLost(ProtocolException cause);

  /**
   * Ends the connection from this side, as {@link #connectionLost}; the next attempt follows
   * without a pause as soon as {@link StreamingSession#awaitReady} of the next session returns.
   */
  default void drop(ProtocolException cause) {
    connectionLost(cause);
  }

  /**
   * Ends the connection and makes no other: nothing is left to be read, now or ever. For sessions
   * of {@link StreamingSessionFactory#formerParts}.
   */
  void finished();
}
