// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import io.connectot.core.spi.ProtocolException;

/**
 * One attempt to connect, and the connection that it becomes. All methods but {@link #close} are
 * called by the thread of its {@link ConnectionLoop}.
 */
public interface Connection extends AutoCloseable {

  /**
   * Waits until it makes sense to connect; called before {@link #open}.
   *
   * @throws ProtocolException as {@link #open}
   */
  default void awaitReady() throws ProtocolException, InterruptedException {
    // It always does.
  }

  /**
   * Connects, and makes the connection usable. Returns within the protocol's connect timeout, and
   * soon after {@link #close} was called.
   *
   * @param end is notified when the connection is over, from any thread
   * @throws ProtocolException when there is no connection
   */
  void open(ConnectionEnd end) throws ProtocolException, InterruptedException;

  /**
   * Looks after the connection while it is up. Must not block.
   *
   * @throws ProtocolException when it is lost
   */
  default void tick() throws ProtocolException {
    // Most libraries report the loss of a connection.
  }

  /**
   * Ends the connection, whatever its state. Idempotent, does not throw. May be called by several
   * threads, also while {@link #open} is under way.
   */
  @Override
  void close();
}
