// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Responds to requests as a read-only Modbus unit: Modbus Application Protocol V1.1b3 §6.1 to §6.4,
 * exceptions as in §7.
 */
public final class ModbusReply {
  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_DATA_ADDRESS = 2;
  private static final int ILLEGAL_DATA_VALUE = 3;
  private static final int MOST_BITS = 2000;
  private static final int MOST_REGISTERS = 125;

  private ModbusReply() {}

  /**
   * The response protocol data unit of a request.
   *
   * @param request function code and data
   */
  public static byte[] to(byte[] request, RegisterTables tables) {
    int function = request[0] & 0xFF;
    if (function < 1 || function > 4) {
      return exception(function, ILLEGAL_FUNCTION);
    }
    if (request.length != 5) {
      return exception(function, ILLEGAL_DATA_VALUE);
    }
    ByteBuffer fields = ByteBuffer.wrap(request, 1, 4);
    int address = fields.getShort() & 0xFFFF;
    int count = fields.getShort() & 0xFFFF;
    boolean bits = function <= 2;
    if (count < 1 || count > (bits ? MOST_BITS : MOST_REGISTERS)) {
      return exception(function, ILLEGAL_DATA_VALUE);
    }
    byte[] data = new byte[bits ? (count + 7) / 8 : 2 * count];
    synchronized (tables) {
      for (int i = 0; i < count; i++) {
        OptionalInt value = tables.read(function, address + i);
        if (value.isEmpty()) {
          return exception(function, ILLEGAL_DATA_ADDRESS);
        }
        if (bits) {
          data[i / 8] |= (byte) (value.getAsInt() << i % 8);
        } else {
          data[2 * i] = (byte) (value.getAsInt() >>> 8);
          data[2 * i + 1] = (byte) value.getAsInt();
        }
      }
    }
    return ByteBuffer.allocate(2 + data.length)
        .put((byte) function)
        .put((byte) data.length)
        .put(data)
        .array();
  }

  private static byte[] exception(int function, int code) {
    return new byte[] {(byte) (function | 0x80), (byte) code};
  }
}
