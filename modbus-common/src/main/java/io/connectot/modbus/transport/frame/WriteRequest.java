// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.util.Arrays;

/**
 * A request that writes: Modbus Application Protocol V1.1b3 §6.5, §6.6, §6.11, §6.12 and §6.16. The
 * unit answers with the beginning of the request. Never a broadcast. Immutable.
 */
public final class WriteRequest implements Request {
  private static final int SINGLE_COIL = 5;
  private static final int SINGLE_REGISTER = 6;
  private static final int COILS = 15;
  private static final int REGISTERS = 16;
  private static final int MASK = 22;

  /** Unit, function, address, and a value or quantity. */
  private static final int ECHO = 6;

  private static final int MASK_ECHO = 8;
  private static final int MOST_REGISTERS = 123;
  private static final int MOST_COILS = 1968;

  private final int transaction;
  private final ResponseChecks checks;

  /** Unit, function and what follows. */
  private final byte[] body;

  private WriteRequest(int transaction, ResponseChecks checks, byte[] body) {
    this.transaction = transaction;
    this.checks = checks;
    this.body = body;
  }

  private static WriteRequest of(int unit, int function, int address, int[] more) {
    if (unit < 1 || unit > 255) {
      throw new IllegalArgumentException("unit must be 1 to 255, but is " + unit);
    }
    byte[] body = new byte[4 + more.length];
    body[0] = (byte) unit;
    body[1] = (byte) function;
    body[2] = (byte) (address >> 8);
    body[3] = (byte) address;
    for (int i = 0; i < more.length; i++) {
      body[4 + i] = (byte) more[i];
    }
    return new WriteRequest(0, ResponseChecks.STRICT, body);
  }

  /** Writes one coil, function 5. */
  public static WriteRequest coil(int unit, int address, boolean value) {
    return of(unit, SINGLE_COIL, address, new int[] {value ? 0xFF : 0, 0});
  }

  /** Writes one register, function 6. */
  public static WriteRequest register(int unit, int address, byte high, byte low) {
    return of(unit, SINGLE_REGISTER, address, new int[] {high, low});
  }

  /**
   * Writes coils, function 15.
   *
   * @param bits the first coil in the lowest bit of the first byte
   */
  public static WriteRequest coils(int unit, int address, int quantity, byte[] bits) {
    return many(unit, COILS, address, quantity, MOST_COILS, bits, (quantity + 7) / 8);
  }

  /** Writes registers, function 16. */
  public static WriteRequest registers(int unit, int address, byte[] data) {
    int quantity = data.length / 2;
    return many(unit, REGISTERS, address, quantity, MOST_REGISTERS, data, data.length);
  }

  private static WriteRequest many(
      int unit, int function, int address, int quantity, int most, byte[] data, int bytes) {
    if (quantity < 1 || quantity > most || address + quantity > 65536) {
      throw new IllegalArgumentException(
          "cannot write " + quantity + " from address " + address + ", at most " + most);
    }
    int[] more = new int[3 + bytes];
    more[0] = quantity >> 8;
    more[1] = quantity;
    more[2] = bytes;
    for (int i = 0; i < bytes; i++) {
      more[3 + i] = data[i];
    }
    return of(unit, function, address, more);
  }

  /**
   * Writes some bits of a register, function 22.
   *
   * @param bits the bits to write
   * @param value their value; other bits are ignored
   */
  public static WriteRequest bits(int unit, int address, int bits, int value) {
    int keep = ~bits;
    int set = value & bits;
    return of(unit, MASK, address, new int[] {keep >> 8, keep, set >> 8, set});
  }

  @Override
  public int transaction() {
    return transaction;
  }

  @Override
  public WriteRequest withTransaction(int number) {
    return new WriteRequest(number, checks, body);
  }

  /** The same request with other checks of its response. */
  public WriteRequest withChecks(ResponseChecks other) {
    return new WriteRequest(transaction, other, body);
  }

  @Override
  public int unit() {
    return body[0] & 0xFF;
  }

  @Override
  public int functionCode() {
    return body[1];
  }

  @Override
  public ResponseChecks checks() {
    return checks;
  }

  @Override
  public byte[] toBytes() {
    return body.clone();
  }

  private int echo() {
    return functionCode() == MASK ? MASK_ECHO : ECHO;
  }

  @Override
  public int responseLength(byte[] bytes, int start, int available) {
    return echo();
  }

  /** Nothing: the response is the beginning of the request. */
  @Override
  public byte[] data(byte[] bytes, int start, int end) throws InvalidResponseException {
    int echo = echo();
    Framing.expect("length", echo, end - start);
    // Unit and function were compared already, the unit if it has to be that of the request.
    if (!Arrays.equals(bytes, start + 2, end, body, 2, echo)) {
      throw new InvalidResponseException("the response names another address or value");
    }
    return new byte[0];
  }

  @Override
  public ResponseShape shape() {
    return new ResponseShape(unit(), functionCode(), 0);
  }

  @Override
  public String describe() {
    return "write with function "
        + functionCode()
        + " at "
        + ((body[2] & 0xFF) << 8 | (body[3] & 0xFF));
  }
}
