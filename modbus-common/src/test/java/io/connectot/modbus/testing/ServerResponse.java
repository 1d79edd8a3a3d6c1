// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.util.Arrays;

/** What a response says, before it is framed; every field can be made wrong. Immutable. */
public final class ServerResponse {
  private final int transaction;
  private final int protocol;
  private final int unit;
  private final int function;
  private final byte[] body;

  /**
   * @param transaction of MBAP
   * @param protocol of MBAP, 0 when it is Modbus
   * @param function the function code, plus 0x80 for an exception
   * @param body what follows the function: byte count and data, or an exception code
   */
  public ServerResponse(int transaction, int protocol, int unit, int function, byte[] body) {
    this.transaction = transaction;
    this.protocol = protocol;
    this.unit = unit;
    this.function = function;
    this.body = body.clone();
  }

  public int transaction() {
    return transaction;
  }

  public int protocol() {
    return protocol;
  }

  public int unit() {
    return unit;
  }

  public int function() {
    return function;
  }

  /** What follows the function. */
  public byte[] body() {
    return body.clone();
  }

  /** A response with data. */
  static ServerResponse data(ReceivedRequest request, byte[] data) {
    byte[] body = new byte[1 + data.length];
    body[0] = (byte) data.length;
    System.arraycopy(data, 0, body, 1, data.length);
    return new ServerResponse(request.transaction(), 0, request.unit(), request.function(), body);
  }

  /** A refusal. */
  static ServerResponse exception(ReceivedRequest request, int code) {
    return new ServerResponse(
        request.transaction(),
        0,
        request.unit(),
        request.function() | 0x80,
        new byte[] {(byte) code});
  }

  ServerResponse withTransaction(int other) {
    return new ServerResponse(other & 0xFFFF, protocol, unit, function, body);
  }

  ServerResponse withProtocol(int other) {
    return new ServerResponse(transaction, other, unit, function, body);
  }

  ServerResponse withUnit(int other) {
    return new ServerResponse(transaction, protocol, other & 0xFF, function, body);
  }

  ServerResponse withFunction(int other) {
    return new ServerResponse(transaction, protocol, unit, other & 0xFF, body);
  }

  /** The response to a request for so many bytes more, or less when negative. */
  ServerResponse withMoreData(int bytes) {
    byte[] other = Arrays.copyOf(body, Math.max(1, body.length + bytes));
    other[0] = (byte) (other.length - 1);
    return new ServerResponse(transaction, protocol, unit, function, other);
  }

  /** The same data under a byte count that is one too high. */
  ServerResponse withWrongByteCount() {
    byte[] other = body.clone();
    other[0]++;
    return new ServerResponse(transaction, protocol, unit, function, other);
  }

  /** Unit, function and body, as all framings carry them. */
  byte[] adu() {
    byte[] adu = new byte[2 + body.length];
    adu[0] = (byte) unit;
    adu[1] = (byte) function;
    System.arraycopy(body, 0, adu, 2, body.length);
    return adu;
  }
}
