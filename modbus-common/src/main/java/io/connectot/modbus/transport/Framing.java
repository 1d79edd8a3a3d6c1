// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How requests and replies are wrapped, and whether a reply answers a request. The library checks
 * the transaction only, and of RTU frames over TCP not even the CRC; here nothing is data before
 * all of it was checked.
 */
enum Framing {
  /** Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3. */
  MBAP {
    @Override
    byte[] wrap(ReadRequest request) {
      byte[] adu = request.toBytes();
      byte[] frame = new byte[MBAP_PREFIX + adu.length];
      putWord(frame, 0, request.transaction());
      putWord(frame, 4, adu.length);
      System.arraycopy(adu, 0, frame, MBAP_PREFIX, adu.length);
      return frame;
    }

    @Override
    int receive(ByteLine line, ReadRequest request, byte[] buffer, Deadline deadline)
        throws IOException {
      fill(line, buffer, 0, MBAP_PREFIX, deadline);
      int length = word(buffer, 4);
      checkPrefix(buffer, length, request);
      fill(line, buffer, MBAP_PREFIX, length, deadline);
      return MBAP_PREFIX + length;
    }

    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      atLeast(MBAP_PREFIX + 3, length);
      checkPrefix(bytes, length - MBAP_PREFIX, request);
      return dataOf(bytes, MBAP_PREFIX, length, request);
    }

    private void checkPrefix(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException {
      expect("transaction", request.transaction(), word(bytes, 0));
      expect("protocol", 0, word(bytes, 2));
      expect("length field", length, word(bytes, 4));
      if (length < 3 || length > LONGEST_PDU + 1) {
        throw new BadReplyException("length field must be 3 to 254, but is " + length);
      }
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.1. */
  RTU {
    @Override
    byte[] wrap(ReadRequest request) {
      byte[] adu = request.toBytes();
      int[] crc = ModbusUtil.calculateCRC(adu, 0, adu.length);
      byte[] frame = new byte[adu.length + 2];
      System.arraycopy(adu, 0, frame, 0, adu.length);
      frame[adu.length] = (byte) crc[0];
      frame[adu.length + 1] = (byte) crc[1];
      return frame;
    }

    @Override
    int receive(ByteLine line, ReadRequest request, byte[] buffer, Deadline deadline)
        throws IOException {
      fill(line, buffer, 0, 3, deadline);
      boolean refusal = isRefusal(buffer, 0, request);
      if (!refusal) {
        // The frame says nowhere else how long it is.
        expect("byte count", request.dataLength(), buffer[2] & 0xFF);
      }
      int rest = refusal ? 2 : request.dataLength() + 2;
      fill(line, buffer, 3, rest, deadline);
      return 3 + rest;
    }

    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      atLeast(5, length);
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
    byte[] wrap(ReadRequest request) {
      byte[] adu = request.toBytes();
      StringBuilder frame = new StringBuilder(2 * adu.length + 5).append(':');
      int sum = 0;
      for (byte b : adu) {
        appendHex(frame, b);
        sum += b;
      }
      appendHex(frame, -sum);
      return frame.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    int receive(ByteLine line, ReadRequest request, byte[] buffer, Deadline deadline)
        throws IOException {
      int length = 0;
      while (length == 0 || buffer[length - 1] != '\n') {
        if (length == buffer.length) {
          throw new BadReplyException("more than " + length + " characters without an end");
        }
        // One by one, because what follows the end does not belong to the frame.
        length += line.read(buffer, length, 1, deadline);
      }
      return length;
    }

    @Override
    byte[] unwrap(byte[] bytes, int length, ReadRequest request)
        throws BadReplyException, ModbusExceptionReply {
      // Colon, unit, function, a byte, LRC, CR, LF.
      atLeast(11, length);
      int digits = length - 3;
      if (bytes[0] != ':'
          || bytes[length - 2] != '\r'
          || bytes[length - 1] != '\n'
          || digits % 2 != 0) {
        throw new BadReplyException("no ASCII frame in " + length + " bytes");
      }
      byte[] frame = new byte[digits / 2];
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

  /** Room for the longest frame, 513 characters in ASCII. */
  static final int LONGEST_FRAME = 520;

  private static final int LONGEST_PDU = 253;
  private static final int MBAP_PREFIX = 6;

  /** The request as bytes. */
  abstract byte[] wrap(ReadRequest request);

  /**
   * Reads what claims to be the reply into {@code buffer}, and no byte more.
   *
   * @return its length
   * @throws BadReplyException when what arrived cannot become the reply
   */
  abstract int receive(ByteLine line, ReadRequest request, byte[] buffer, Deadline deadline)
      throws IOException;

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

  /** Reads exactly {@code count} bytes. */
  static void fill(ByteLine line, byte[] target, int offset, int count, Deadline deadline)
      throws IOException {
    int end = offset + count;
    for (int next = offset; next < end; ) {
      next += line.read(target, next, end - next, deadline);
    }
  }

  private static byte[] dataOf(byte[] bytes, int start, int end, ReadRequest request)
      throws BadReplyException, ModbusExceptionReply {
    int third = bytes[start + 2] & 0xFF;
    if (isRefusal(bytes, start, request)) {
      expect("length of the exception", 3, end - start);
      if (third == 0) {
        throw new BadReplyException("exception code 0 does not exist");
      }
      throw new ModbusExceptionReply(ModbusExceptionCode.of(third));
    }
    expect("byte count", request.dataLength(), third);
    expect("length of the data", request.dataLength(), end - start - 3);
    byte[] data = new byte[request.dataLength()];
    System.arraycopy(bytes, start + 3, data, 0, data.length);
    return data;
  }

  /** Whether unit and function are those of the refusal of a request; else of its answer. */
  private static boolean isRefusal(byte[] bytes, int start, ReadRequest request)
      throws BadReplyException {
    expect("unit", request.unit(), bytes[start] & 0xFF);
    int function = bytes[start + 1] & 0xFF;
    int asked = request.table().functionCode();
    if (function == (asked | 0x80)) {
      return true;
    }
    expect("function", asked, function);
    return false;
  }

  private static void expect(String what, int expected, int actual) throws BadReplyException {
    if (expected != actual) {
      throw new BadReplyException(what + " must be " + expected + ", but is " + actual);
    }
  }

  private static void atLeast(int shortest, int length) throws BadReplyException {
    if (length < shortest) {
      throw new BadReplyException("the reply ends after " + length + " bytes");
    }
  }

  private static int word(byte[] bytes, int index) {
    return (bytes[index] & 0xFF) << 8 | (bytes[index + 1] & 0xFF);
  }

  private static void putWord(byte[] bytes, int index, int word) {
    bytes[index] = (byte) (word >> 8);
    bytes[index + 1] = (byte) word;
  }

  private static void appendHex(StringBuilder text, int octet) {
    text.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xF, 16)));
    text.append(Character.toUpperCase(Character.forDigit(octet & 0xF, 16)));
  }
}
