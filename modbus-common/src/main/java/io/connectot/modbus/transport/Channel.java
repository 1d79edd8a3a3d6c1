// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * One live connection that carries requests and replies. For the owner's thread, but {@link #close}
 * and {@link #isOpen}, which may come from any thread.
 */
interface Channel extends Closeable {

  /**
   * Sends a request and returns the verified data of its reply. After any exception but a {@link
   * ModbusExceptionReply} the channel is out of step: its owner closes it or, where it {@link
   * #survivesFailure}, drains it.
   *
   * @throws java.net.SocketTimeoutException when the whole reply was not there at {@code deadline}
   * @throws BadReplyException when something else than the reply arrived
   * @throws IOException when the connection is lost
   */
  byte[] exchange(ReadRequest request, Deadline deadline) throws IOException, ModbusExceptionReply;

  /**
   * Throws away what arrives until nothing has arrived for a while.
   *
   * @param call ends the wait when the link is closed
   */
  void drain(CloseGuard.Call call) throws IOException;

  /** Whether replies carry the number of their request, so that a late one is known as such. */
  boolean numbersReplies();

  /** Whether it can be used again after a failure, once it is drained: a serial port. */
  boolean survivesFailure();

  /** Whether it was neither closed nor lost, as far as is known without using it. */
  boolean isOpen();
}
