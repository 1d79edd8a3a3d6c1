// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

/**
 * A request, and how its response is recognized: Modbus Application Protocol V1.1b3 §6. Immutable.
 */
public sealed interface Request permits ReadRequest, IdentificationRequest, WriteRequest {

  /** The transaction identifier, 0 to 65535; unused where frames have none. */
  int transaction();

  /** The same request with another transaction identifier. */
  Request withTransaction(int number);

  /** The unit identifier, 0 to 255. */
  int unit();

  /** The function code. */
  int functionCode();

  /** Which fields of a response of MBAP must match. */
  ResponseChecks checks();

  /** Unit, function code and what follows, the same in all framings. */
  byte[] toBytes();

  /**
   * The number of bytes of the normal response from its unit identifier to its last byte of data,
   * as far as it is known; more than {@code available} while more bytes are needed to know it.
   *
   * @param start the index of the unit identifier
   * @param available the number of bytes from there, at least three
   * @throws InvalidResponseException when the bytes are not the response
   */
  int responseLength(byte[] bytes, int start, int available) throws InvalidResponseException;

  /**
   * The data of a normal response.
   *
   * @param start the index of the unit identifier
   * @param end the index after the last byte of data
   * @throws InvalidResponseException when the bytes are not the response
   */
  byte[] data(byte[] bytes, int start, int end) throws InvalidResponseException;

  /** What distinguishes its response where frames carry no transaction identifier. */
  ResponseShape shape();

  /** A short form for messages. */
  String describe();
}
