// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * One live connection: after any failure but a {@link ModbusExceptionReply} its owner either closes
 * it or, where it says so, may go on. {@link #close} and {@link #isOpen} may come from any thread.
 */
interface Channel extends Closeable {

  /**
   * Sends a request and returns the verified data of its reply.
   *
   * @throws java.net.SocketTimeoutException when the whole reply was not there at {@code deadline}
   * @throws BadReplyException when something else than the reply arrived
   * @throws IOException when the connection is lost
   */
  byte[] exchange(ReadRequest request, Deadline deadline) throws IOException, ModbusExceptionReply;

  /**
   * Throws away what arrives until nothing has arrived for a while, so that a late reply is not
   * taken for the next. Does nothing where replies carry a transaction.
   *
   * @param call ends the wait when the link is closed
   */
  void drain(CloseGuard.Call call) throws IOException;

  /** Whether the connection survives a time-out or a bad reply, as a serial port does. */
  boolean survivesFailure();

  /** Whether it was neither closed nor lost, as far as is known without using it. */
  boolean isOpen();
}
