// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.WriteRequest;

/**
 * One Modbus connection (a socket or a serial port) shared by all units behind it. One transaction
 * at a time.
 *
 * <p>{@link #open} and {@link #read} come from one thread at a time; {@link #close} may come from
 * any thread. Retries, pacing, the backup endpoint and the verification of every response
 * (transaction, unit, function, length) are behind this interface. On a line that other masters may
 * use, data that {@link #read} returns are certain after {@link #confirm}; on any other, at once.
 */
public interface ModbusConnection extends AutoCloseable {

  /**
   * Connects within the connect timeout. Does nothing when open.
   *
   * @throws ProtocolException of scope CONNECTION when neither the endpoint nor its backup could be
   *     reached
   */
  void open() throws ProtocolException;

  /**
   * Sends one read request and returns the verified data of its response. Opens the connection
   * first when it is not open.
   *
   * @param unit the unit identifier, 0 to 255
   * @param table which table, and so which function code
   * @param address the 0-based protocol address of the first bit or register
   * @param quantity how many bits or registers, 1 to {@link ModbusTable#maxQuantity}
   * @return for register tables {@code 2 * quantity} bytes, big-endian as on the wire; for coils
   *     and discrete inputs {@code (quantity + 7) / 8} bytes, the first bit in the lowest bit of
   *     the first byte
   * @throws ModbusExceptionResponse when the unit refused; the connection stays open
   * @throws ProtocolException of scope DEVICE when the unit did not answer, after all retries: the
   *     connection was closed and opens itself again at the next read; of scope CONNECTION when the
   *     connection could not be made or was lost and could not be made again
   */
  byte[] read(int unit, ModbusTable table, int address, int quantity)
      throws ModbusExceptionResponse, ProtocolException;

  /**
   * Reads objects of the device identification, without retries; otherwise as {@link #read}.
   *
   * @param category 1 basic, 2 regular, 3 extended
   * @param object the first object to return
   * @return conformity level, more follows, next object, number of objects, and the objects, each
   *     with its number and length: Modbus Application Protocol V1.1b3 §6.21
   */
  byte[] identification(int unit, int category, int object)
      throws ModbusExceptionResponse, ProtocolException;

  /**
   * Sends a write once, without retries. Opens the connection first when it is not open.
   *
   * @throws ModbusExceptionResponse when the unit refused
   * @throws ProtocolException when nothing was sent
   * @throws UnansweredWriteException when it was sent, and not answered properly
   */
  void write(WriteRequest request)
      throws ModbusExceptionResponse, ProtocolException, UnansweredWriteException;

  /**
   * Confirms the responses since the last call. On a line that other masters may use, it waits
   * until no other response can arrive.
   *
   * @return false when one of them may be the response to another master: all must be read again
   * @throws ProtocolException when the connection is closed meanwhile
   */
  boolean confirm() throws ProtocolException;

  /** The endpoint in use at this moment, the backup after a fail-over, without credentials. */
  String endpoint();

  /** Whether there is a connection as far as is known without using it. */
  boolean isOpen();

  /** Closes the connection; a read under way returns soon. Idempotent, any thread. */
  @Override
  void close();
}
