// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;

/** Connects to one endpoint, any number of times. For the owner's thread, but {@link #endpoint}. */
interface ChannelOpener {

  /**
   * Connects within the connect timeout.
   *
   * @param call holds what is being opened, and at last the channel, for {@link CloseGuard#close}
   * @throws ProtocolException of scope CONNECTION when there is no connection
   * @throws LinkClosedException when the link is closed meanwhile
   */
  Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException;

  /** Where it connects to, for messages and records. Any thread. */
  String endpoint();

  /**
   * Whether the connection should be given up and made anew, because the endpoint in use is not the
   * one that is wanted.
   */
  default boolean isReturnDue() {
    return false;
  }

  /**
   * Hears how a connection that is given up did.
   *
   * @param answered whether any unit ever answered on it
   */
  default void channelGivenUp(boolean answered) {}
}
