// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.spi.ProtocolException;

/** Connects to one endpoint, repeatedly. For the owner's thread, except {@link #endpoint}. */
public interface ChannelOpener {

  /**
   * Connects within the connect timeout.
   *
   * @param call holds the resource that is being opened, then the channel, for {@link
   *     CloseGuard#close}
   * @throws ProtocolException of scope CONNECTION when there is no connection
   * @throws ConnectionClosedException when the connection is closed during the attempt
   */
  FrameChannel open(CloseGuard.Call call) throws ProtocolException, ConnectionClosedException;

  /** The endpoint for messages and records. Any thread. */
  String endpoint();

  /**
   * Whether the connection should be closed and opened again, because the current endpoint is not
   * the preferred one.
   */
  default boolean isReturnDue() {
    return false;
  }

  /**
   * Records that a connection was closed after a failure.
   *
   * @param answered whether any unit answered on it
   */
  default void channelGivenUp(boolean answered) {}
}
