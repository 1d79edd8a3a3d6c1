// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.SourceEvent;
import java.util.List;
import java.util.OptionalLong;

/** Where a streaming session puts what it receives. Thread-safe; order is the order of the calls. */
public interface StreamSink {

  /**
   * Hands over the events of one message of the field. Waits while the buffer is full, so that the
   * protocol's own flow control reaches the sender.
   *
   * @param events what the message held, possibly nothing
   * @return the sequence number under which the message will be acknowledged: 1, 2, 3 … in a
   *     session
   * @throws InterruptedException when the runtime stops
   */
  long deliver(List<? extends SourceEvent> events) throws InterruptedException;

  /**
   * As {@link #deliver}, but never waits.
   *
   * @return empty when the buffer is full; nothing was taken then
   */
  OptionalLong tryDeliver(List<? extends SourceEvent> events);

  /** Tells the runtime that the connection is gone. Returns at once; only the first call counts. */
  void connectionLost(ProtocolException cause);
}
