// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Backoff;
import java.time.Duration;

/**
 * The protocol's part of one sink task: mapping and connection. Called by the task's thread.
 *
 * @param <W> what is written for a record
 */
public interface SinkDriver<W> extends AutoCloseable {

  /**
   * The configuration, whose definition has the keys of {@link
   * io.connectot.core.config.BufferConfig} and the reconnect keys of {@link
   * io.connectot.core.config.ConnectionConfig}.
   */
  Configuration config();

  /** What messages call the other side, e.g. {@code broker}. */
  String target();

  /** Maps the task's records. */
  WriteMapper<W> mapper();

  /**
   * The cause and the remedy of a refused write, for the message of its error.
   *
   * @param reason of the {@link WriteResult}
   */
  String refusal(W write, String reason);

  /**
   * Starts to connect, and to reconnect after every loss, until closed. Does not wait for the
   * connection. Called once.
   *
   * @param backoff for this driver alone
   * @param dispatcher is told of every connection and its loss
   */
  void connect(TaskName task, Backoff backoff, WriteDispatcher<W> dispatcher);

  /** Disconnects in the way of the protocol, within {@code timeout}, and closes. */
  void disconnect(Duration timeout) throws InterruptedException;

  /** Ends the connection and all attempts. Returns at once. Idempotent; also if never connected. */
  @Override
  void close();
}
