// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.config.Configuration;
import java.util.function.Supplier;

/**
 * The protocol's part of one sink task: mapping and connections. Called by the task's thread.
 *
 * @param <W> what is written for a record
 */
public interface SinkDriver<W> {

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
   * Creates the sessions of a task: one for each attempt to connect. Called once; the supplier is
   * called by the thread that connects, and opens nothing.
   */
  Supplier<? extends WriteSession<W>> sessions(SinkContext context);
}
