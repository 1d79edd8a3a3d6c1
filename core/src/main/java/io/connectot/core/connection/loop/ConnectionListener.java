// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import io.connectot.core.spi.ProtocolException;

/** Is notified of what happens to a connection, by the thread of its {@link ConnectionLoop}. */
public interface ConnectionListener {

  /**
   * A connection is up.
   *
   * @param again whether there was one before
   */
  void connected(boolean again);

  /** An attempt failed, or the connection is over; the next attempt follows by itself. */
  void disconnected(ProtocolException cause);

  /**
   * The loop gives up. The last call.
   *
   * @param cause a fatal {@link ProtocolException}, or an error of this process
   */
  void failed(Throwable cause);
}
