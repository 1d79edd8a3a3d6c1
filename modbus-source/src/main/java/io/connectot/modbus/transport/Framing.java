// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.util.ModbusUtil;

/**
 * How a reply is wrapped, and whether it answers a request. The library checks the transaction
 * only, and of RTU frames over TCP not even the CRC; here the bytes as they arrived are checked
 * whole.
 */
enum Framing {
  /** Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3. */
  MBAP {
    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      if (length < 9) {
        throw new BadReplyException("the reply ends after " + length + " bytes");
      }
      expect("transaction", request.transaction(), word(bytes, 0));
      expect("protocol", 0, word(bytes, 2));
      expect("length field", length - 6, word(bytes, 4));
      return dataOf(bytes, 6, length, request);
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.1. */
  RTU {
    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      if (length < 5) {
        throw new BadReplyException("the reply ends after " + length + " bytes");
      }
      int[] crc = ModbusUtil.calculateCRC(bytes, 0, length - 2);
      if (crc[0] != (bytes[length - 2] & 0xFF) || crc[1] != (bytes[length - 1] & 0xFF)) {
        throw new BadReplyException("the CRC of " + length + " bytes does not match");
      }
      return dataOf(bytes, 0, length - 2, request);
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.2. */
  ASCII {
    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      int end = length;
      // The library stops reading at CR, so that LF may or may not be there.
      while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
        end--;
      }
      if (end < 9 || end % 2 == 0 || bytes[0] != ':') {
        throw new BadReplyException("no ASCII frame in " + length + " bytes");
      }
      byte[] frame = new byte[(end - 1) / 2];
      int sum = 0;
      for (int i = 0; i < frame.length; i++) {
        int high = Character.digit(bytes[2 * i + 1], 16);
        int low = Character.digit(bytes[2 * i + 2], 16);
        if (high < 0 || low < 0) {
          throw new BadReplyException("the ASCII frame holds something else than digits");
        }
        frame[i] = (byte) (high << 4 | low);
        sum += frame[i];
      }
      if ((sum & 0xFF) != 0) {
        throw new BadReplyException("the LRC of " + frame.length + " bytes does not match");
      }
      return dataOf(frame, 0, frame.length - 1, request);
    }
  };

  /**
   * Takes the data out of a reply.
   *
   * @param bytes what arrived after the request, from index 0
   * @param length how many bytes that is
   * @return exactly the data that {@code request} asked for
   * @throws BadReplyException when it is anything else than the whole reply to {@code request}
   * @throws ModbusExceptionReply when it is the refusal of {@code request}
   */
  abstract byte[] unwrap(byte[] bytes, int length, ReadRequest request)
      throws BadReplyException, ModbusExceptionReply;

  /** Whether frames carry the number of the request they answer. */
  boolean hasTransaction() {
    return this == MBAP;
  }

  private static byte[] dataOf(byte[] bytes, int start, int end, ReadRequest request)
      throws BadReplyException, ModbusExceptionReply {
    expect("unit", request.unit(), bytes[start] & 0xFF);
    int function = bytes[start + 1] & 0xFF;
    int asked = request.table().functionCode();
    int third = bytes[start + 2] & 0xFF;
    if (function == (asked | 0x80)) {
      expect("length of the exception", 3, end - start);
      if (third == 0) {
        throw new BadReplyException("exception code 0 does not exist");
      }
      throw new ModbusExceptionReply(ModbusExceptionCode.of(third));
    }
    expect("function", asked, function);
    expect("byte count", request.dataLength(), third);
    expect("length of the data", request.dataLength(), end - start - 3);
    byte[] data = new byte[request.dataLength()];
    System.arraycopy(bytes, start + 3, data, 0, data.length);
    return data;
  }

  private static void expect(String what, int expected, int actual) throws BadReplyException {
    if (expected != actual) {
      throw new BadReplyException(what + " must be " + expected + ", but is " + actual);
    }
  }

  private static int word(byte[] bytes, int index) {
    return (bytes[index] & 0xFF) << 8 | (bytes[index + 1] & 0xFF);
  }
}
