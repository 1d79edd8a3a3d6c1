// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * One connection, for one attempt: it is opened once and, when it fails, dropped. All methods are
 * for its owner's thread, except {@link #kill}.
 *
 * <p>{@link #open} and {@link #close} may block without end, because drivers do; only {@link #kill}
 * and an interrupt end them.
 */
public interface PlcLink extends AutoCloseable {
  /** Connects. */
  void open() throws PlcFailure, InterruptedException;

  /** Whether the driver still has its connection. */
  boolean isConnected();

  /** Prepares a request for several addresses, to be executed again and again. */
  PlcRead prepare(List<PlcAddress> addresses) throws PlcFailure;

  /** Closes the connection in an orderly manner. */
  @Override
  void close();

  /** Takes the ground from under the driver: socket and threads go. For any thread; no waiting. */
  void kill();

  /** A prepared request. */
  @FunctionalInterface
  interface PlcRead {
    /**
     * Reads.
     *
     * @param limit the longest time it may take
     * @return one reply an address, in their order
     * @throws TimeoutException when there was no answer in time; the link is not fit for use then
     */
    List<PlcReply> execute(Duration limit)
        throws PlcFailure, TimeoutException, InterruptedException;
  }
}
