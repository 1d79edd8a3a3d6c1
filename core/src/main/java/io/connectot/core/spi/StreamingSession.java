// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.SourcePosition;

/**
 * One connection over which devices send values on their own.
 *
 * <p>A session lives for one connection: after {@link StreamSink#connectionLost} the runtime closes
 * it and makes a new one. {@link #awaitReady}, {@link #start} and {@link #tick} come from one
 * thread of the runtime; {@link #close} may come from another while one of them is under way, and
 * must make it return soon.
 */
public interface StreamingSession extends AutoCloseable {

  /**
   * Waits until it makes sense to connect; called before {@link #start}. Meanwhile the session may
   * deliver what an earlier connection received and could not deliver.
   *
   * @param sink for {@link StreamSink#deliver} only; {@link #start} gets the same
   * @throws ProtocolException as {@link #start}
   */
  default void awaitReady(StreamSink sink) throws ProtocolException, InterruptedException {
    // It always does.
  }

  /**
   * Connects and subscribes. Returns within the protocol's connect timeout; values then arrive at
   * the sink on the session's own threads. May deliver itself, but then waits while the buffer is
   * full.
   *
   * @throws ProtocolException when there is no connection; the runtime tries again after a back-off
   * @throws InterruptedException when the task stops
   */
  void start(StreamSink sink) throws ProtocolException, InterruptedException;

  /**
   * Looks after the connection, called again and again while it is up, every {@link
   * StreamingSessionFactory#tickInterval}. Must not block.
   *
   * @throws ProtocolException when the connection is lost, as {@link StreamSink#connectionLost}
   */
  default void tick() throws ProtocolException {
    // Most libraries report the loss of a connection.
  }

  /**
   * The position in the source of every record that has none of its own, among them the statuses of
   * the connection. Called once for each batch, before its records are queued; the same instance as
   * long as nothing changes costs the least.
   *
   * @return null for none
   */
  default SourcePosition position() {
    return null;
  }

  /** Closes the connection, with the farewell that the protocol has. Idempotent, does not throw. */
  @Override
  void close();
}
