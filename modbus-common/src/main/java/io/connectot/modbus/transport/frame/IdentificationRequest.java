// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.util.Arrays;

/**
 * A request to read objects of the device identification: Modbus Application Protocol V1.1b3 §6.21,
 * function code 43 with MEI type 14.
 *
 * @param transaction the transaction identifier, 0 to 65535; unused where frames have none
 * @param unit 0 to 255
 * @param category 1 basic, 2 regular, 3 extended
 * @param object the first object to return
 * @param checks which fields of a response of MBAP must match
 */
public record IdentificationRequest(
    int transaction, int unit, int category, int object, ResponseChecks checks) implements Request {
  private static final int FUNCTION = 0x2B;
  private static final int MEI_TYPE = 0x0E;

  /** Unit, function, MEI type, category, conformity level, more follows, next object, count. */
  private static final int HEADER = 8;

  /** Where the data begins: at the conformity level. */
  private static final int DATA = 4;

  @Override
  public IdentificationRequest withTransaction(int number) {
    return new IdentificationRequest(number, unit, category, object, checks);
  }

  @Override
  public int functionCode() {
    return FUNCTION;
  }

  @Override
  public byte[] toBytes() {
    return new byte[] {(byte) unit, FUNCTION, MEI_TYPE, (byte) category, (byte) object};
  }

  @Override
  public int responseLength(byte[] bytes, int start, int available)
      throws InvalidResponseException {
    Framing.expect("MEI type", MEI_TYPE, bytes[start + 2] & 0xFF);
    if (available < HEADER) {
      return HEADER;
    }
    Framing.expect("category", category, bytes[start + 3] & 0xFF);
    int length = HEADER;
    int objects = bytes[start + HEADER - 1] & 0xFF;
    for (int i = 0; i < objects; i++) {
      if (available < length + 2) {
        return length + 2;
      }
      length += 2 + (bytes[start + length + 1] & 0xFF);
    }
    return length;
  }

  /** Conformity level, more follows, next object, count, and the objects. */
  @Override
  public byte[] data(byte[] bytes, int start, int end) throws InvalidResponseException {
    Framing.expect("length", responseLength(bytes, start, end - start), end - start);
    return Arrays.copyOfRange(bytes, start + DATA, end);
  }

  @Override
  public ResponseShape shape() {
    return new ResponseShape(unit, FUNCTION, 0);
  }

  @Override
  public String describe() {
    return "device identification";
  }
}
