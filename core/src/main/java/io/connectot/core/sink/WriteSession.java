// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.connection.loop.Connection;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One attempt to connect to the target of a sink, and the connection that it becomes. Thread-safe;
 * writes are sent by one thread.
 *
 * <p>If the connection is not lost, {@link #close} disconnects in the way of the protocol, within
 * one second.
 *
 * <p>How many writes may be in flight is the session's choice: an MQTT broker states a window, a
 * device that takes one command at a time has a window of one.
 *
 * @param <W> what is written for a record
 */
public interface WriteSession<W> extends Connection {

  /**
   * Sends a write unless the window is full. Does not block. Writes are sent in the order of the
   * calls.
   *
   * @param callback called once with the result if this method returns true, possibly before it
   *     returns, on any thread; a write in flight when the connection ends is a {@link
   *     WriteResult.Outcome#RETRY}
   * @return false if nothing was sent, because the window is full or the connection is over
   */
  boolean write(W write, Consumer<WriteResult> callback);

  /**
   * Waits for room in the window.
   *
   * @return whether there is room; false when the time is up or the connection is over
   */
  boolean awaitWindow(Duration timeout) throws InterruptedException;

  /** Number of writes in flight. */
  int inFlight();
}
