// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.Table;

/**
 * One Modbus connection on which one request at a time is answered: a socket or a serial port,
 * shared by all units behind it.
 *
 * <p>{@link #open} and {@link #read} come from one thread at a time; {@link #close} may come from
 * any thread. Retries, pacing, the backup endpoint and the verification of every reply
 * (transaction, unit, function, length) are behind this interface: data that {@link #read} returns
 * is the answer to that very request.
 */
public interface ModbusLink extends AutoCloseable {

  /**
   * Connects within the connect timeout. Does nothing when open.
   *
   * @throws ProtocolException of scope CONNECTION when neither the endpoint nor its backup could be
   *     reached
   */
  void open() throws ProtocolException;

  /**
   * Sends one read request and returns the verified data of its reply. Opens the link first when it
   * is not open.
   *
   * @param unit the unit identifier, 0 to 255
   * @param table which table, and so which function code
   * @param address the 0-based protocol address of the first bit or register
   * @param quantity how many bits or registers, 1 to {@link Table#maxQuantity}
   * @return for register tables {@code 2 * quantity} bytes, big-endian as on the wire; for coils
   *     and discrete inputs {@code (quantity + 7) / 8} bytes, the first bit in the lowest bit of
   *     the first byte
   * @throws ModbusExceptionReply when the unit refused; the link stays open
   * @throws ProtocolException of scope DEVICE when the unit did not answer, after all retries: the
   *     link was closed and opens itself again at the next read; of scope CONNECTION when the
   *     connection could not be made or was lost and could not be made again
   */
  byte[] read(int unit, Table table, int address, int quantity)
      throws ModbusExceptionReply, ProtocolException;

  /** The endpoint in use at this moment, the backup after a fail-over, without credentials. */
  String endpoint();

  /** Whether there is a connection as far as is known without using it. */
  boolean isOpen();

  /** Closes the connection; a read under way returns soon. Idempotent, any thread. */
  @Override
  void close();
}
