// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.SourceEvent;
import java.util.List;

/**
 * Where a streaming session puts what it receives. Thread-safe; order is the order of the calls.
 */
public interface StreamSink {

  /**
   * Hands over the events of one message of the field. Waits while the buffer is full, so that the
   * protocol's own flow control reaches the sender.
   *
   * @param events what the message held, possibly nothing
   * @return the sequence number under which the message will be acknowledged: 1, 2, 3 … in a
   *     session
   * @throws InterruptedException when the runtime stops, or has given up this connection
   */
  long deliver(List<? extends SourceEvent> events) throws InterruptedException;

  /** Tells the runtime that the connection is gone. Returns at once; only the first call counts. */
  void connectionLost(ProtocolException cause);
}
