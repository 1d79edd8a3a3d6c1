// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.modbus.transport.frame.InvalidResponseException;
import io.connectot.modbus.transport.frame.IoDeadline;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.Request;
import io.connectot.modbus.transport.frame.ResponseShape;
import io.connectot.modbus.transport.frame.StrayBytes;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One established connection that carries requests and responses. For the owner's thread, except
 * {@link #close} and {@link #isOpen}, which any thread may call.
 */
public interface FrameChannel extends Closeable {

  /**
   * Sends a request and returns the verified data of its response. After any exception except
   * {@link ModbusExceptionResponse} the channel may be out of step: the owner closes it or, if it
   * is {@link #reusableAfterFailure}, drains it.
   *
   * @throws java.net.SocketTimeoutException when the response is not complete at {@code deadline}
   * @throws InvalidResponseException when other bytes than the response arrived
   * @throws IOException when the connection is lost
   */
  byte[] transact(Request request, IoDeadline deadline) throws IOException, ModbusExceptionResponse;

  /**
   * Discards incoming bytes until none have arrived for a while.
   *
   * @param call ends the wait when the connection is closed
   */
  void drain(CloseGuard.Call call) throws IOException;

  /**
   * Takes the bytes since the last call that belong to no transaction of this channel. None where
   * frames carry a transaction identifier.
   */
  void takeStrayBytes(StrayBytes target);

  /**
   * Takes what arrives within a duration as stray bytes. Returns at once where frames carry a
   * transaction identifier.
   */
  void listen(Duration duration) throws IOException;

  /** The shapes of the responses among stray bytes. */
  List<ResponseShape> responses(StrayBytes stray);

  /** Whether frames carry a transaction identifier, by which a late response is recognized. */
  boolean hasTransactionIds();

  /** Whether it can be used after a failure, once it is drained: a serial port. */
  boolean reusableAfterFailure();

  /** Whether it is open, as far as is known without using it. */
  boolean isOpen();
}
