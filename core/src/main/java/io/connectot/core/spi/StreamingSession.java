// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * One connection over which devices send values on their own.
 *
 * <p>A session lives for one connection: after {@link StreamSink#connectionLost} the runtime closes
 * it and makes a new one. {@link #start} and {@link #close} come from the runtime's threads, one at
 * a time.
 */
public interface StreamingSession extends AutoCloseable {

  /**
   * Connects and subscribes. Returns within the protocol's connect timeout; values then arrive at
   * the sink on the session's own threads.
   *
   * @throws ProtocolException when there is no connection; the runtime tries again after a back-off
   */
  void start(StreamSink sink) throws ProtocolException;

  /**
   * Everything this session delivered up to and including {@code sequence} is in Kafka and may now
   * be acknowledged to the field. Called in rising order, on any thread, never after {@link
   * #close}; must not block.
   *
   * @param sequence a number that {@link StreamSink#deliver} returned
   */
  void acknowledge(long sequence);

  /** Closes the connection. Idempotent, does not throw. */
  @Override
  void close();
}
