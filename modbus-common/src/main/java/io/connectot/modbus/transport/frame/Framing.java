// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Encodes requests and decodes responses, and verifies that a response belongs to its request.
 * j2mod only checks the transaction identifier, and for RTU over TCP not even the CRC; this class
 * returns data only after all checks.
 */
public enum Framing {
  /** Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3. */
  MBAP {
    @Override
    public byte[] encode(ReadRequest request) {
      byte[] body = request.toBytes();
      byte[] frame = new byte[MBAP_PREFIX + body.length];
      putWord(frame, 0, request.transaction());
      putWord(frame, 4, body.length);
      System.arraycopy(body, 0, frame, MBAP_PREFIX, body.length);
      return frame;
    }

    @Override
    public int receive(ByteStream line, ReadRequest request, byte[] buffer, IoDeadline deadline)
        throws IOException {
      fill(line, buffer, 0, MBAP_PREFIX, deadline);
      int length = word(buffer, 4);
      checkPrefix(buffer, length, request);
      fill(line, buffer, MBAP_PREFIX, length, deadline);
      return MBAP_PREFIX + length;
    }

    @Override
    public byte[] decode(byte[] bytes, int length, ReadRequest request)
        throws InvalidResponseException, ModbusExceptionResponse {
      atLeast(MBAP_PREFIX + 3, length);
      checkPrefix(bytes, length - MBAP_PREFIX, request);
      return dataOf(bytes, MBAP_PREFIX, length, request);
    }

    private void checkPrefix(byte[] bytes, int length, ReadRequest request)
        throws InvalidResponseException {
      expect("transaction", request.transaction(), word(bytes, 0));
      expect("protocol", 0, word(bytes, 2));
      expect("length field", length, word(bytes, 4));
      if (length < 3 || length > LONGEST_PDU + 1) {
        throw new InvalidResponseException("length field must be 3 to 254, but is " + length);
      }
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.1. */
  RTU {
    @Override
    public byte[] encode(ReadRequest request) {
      byte[] body = request.toBytes();
      int[] crc = ModbusUtil.calculateCRC(body, 0, body.length);
      byte[] frame = new byte[body.length + 2];
      System.arraycopy(body, 0, frame, 0, body.length);
      frame[body.length] = (byte) crc[0];
      frame[body.length + 1] = (byte) crc[1];
      return frame;
    }

    @Override
    public int receive(ByteStream line, ReadRequest request, byte[] buffer, IoDeadline deadline)
        throws IOException {
      fill(line, buffer, 0, 3, deadline);
      boolean exception = isException(buffer, 0, request);
      if (!exception) {
        // An RTU frame has no other length field.
        expect("byte count", request.dataLength(), buffer[2] & 0xFF);
      }
      int rest = exception ? 2 : request.dataLength() + 2;
      fill(line, buffer, 3, rest, deadline);
      return 3 + rest;
    }

    @Override
    public byte[] decode(byte[] bytes, int length, ReadRequest request)
        throws InvalidResponseException, ModbusExceptionResponse {
      atLeast(5, length);
      int[] crc = ModbusUtil.calculateCRC(bytes, 0, length - 2);
      if (crc[0] != (bytes[length - 2] & 0xFF) || crc[1] != (bytes[length - 1] & 0xFF)) {
        throw new InvalidResponseException("the CRC of " + length + " bytes does not match");
      }
      return dataOf(bytes, 0, length - 2, request);
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.2. */
  ASCII {
    @Override
    public byte[] encode(ReadRequest request) {
      byte[] body = request.toBytes();
      StringBuilder frame = new StringBuilder(2 * body.length + 5).append(':');
      int sum = 0;
      for (byte b : body) {
        appendHex(frame, b);
        sum += b;
      }
      appendHex(frame, -sum);
      return frame.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int receive(ByteStream line, ReadRequest request, byte[] buffer, IoDeadline deadline)
        throws IOException {
      int length = 0;
      while (length == 0 || buffer[length - 1] != '\n') {
        if (length == buffer.length) {
          throw new InvalidResponseException(
              "more than " + length + " characters without an end of frame");
        }
        // One at a time, because bytes after the end belong to the next frame.
        length += line.read(buffer, length, 1, deadline);
      }
      return length;
    }

    @Override
    public byte[] decode(byte[] bytes, int length, ReadRequest request)
        throws InvalidResponseException, ModbusExceptionResponse {
      // Colon, unit, function, a byte, LRC, CR, LF.
      atLeast(11, length);
      int digits = length - 3;
      if (bytes[0] != ':'
          || bytes[length - 2] != '\r'
          || bytes[length - 1] != '\n'
          || digits % 2 != 0) {
        throw new InvalidResponseException("no ASCII frame in " + length + " bytes");
      }
      byte[] frame = new byte[digits / 2];
      int sum = 0;
      for (int i = 0; i < frame.length; i++) {
        int high = Character.digit(bytes[2 * i + 1], 16);
        int low = Character.digit(bytes[2 * i + 2], 16);
        if (high < 0 || low < 0) {
          throw new InvalidResponseException(
              "the ASCII frame contains characters other than hexadecimal digits");
        }
        frame[i] = (byte) (high << 4 | low);
        sum += frame[i];
      }
      if ((sum & 0xFF) != 0) {
        throw new InvalidResponseException("the LRC of " + frame.length + " bytes does not match");
      }
      return dataOf(frame, 0, frame.length - 1, request);
    }
  };

  /** Room for the longest frame, 513 characters in ASCII. */
  public static final int LONGEST_FRAME = 520;

  private static final int LONGEST_PDU = 253;
  private static final int MBAP_PREFIX = 6;

  /** The request as bytes. */
  public abstract byte[] encode(ReadRequest request);

  /**
   * Reads one response frame into {@code buffer}, and no byte more.
   *
   * @return its length
   * @throws InvalidResponseException when the bytes cannot be the response
   */
  public abstract int receive(
      ByteStream line, ReadRequest request, byte[] buffer, IoDeadline deadline) throws IOException;

  /**
   * Verifies a response and returns its data.
   *
   * @param bytes the received frame, from index 0
   * @param length the length of the frame
   * @return exactly the requested data
   * @throws InvalidResponseException when it is not the complete response to {@code request}
   * @throws ModbusExceptionResponse when it is the exception response to {@code request}
   */
  public abstract byte[] decode(byte[] bytes, int length, ReadRequest request)
      throws InvalidResponseException, ModbusExceptionResponse;

  /** Reads exactly {@code count} bytes. */
  public static void fill(
      ByteStream line, byte[] target, int offset, int count, IoDeadline deadline)
      throws IOException {
    int end = offset + count;
    for (int next = offset; next < end; ) {
      next += line.read(target, next, end - next, deadline);
    }
  }

  private static byte[] dataOf(byte[] bytes, int start, int end, ReadRequest request)
      throws InvalidResponseException, ModbusExceptionResponse {
    int third = bytes[start + 2] & 0xFF;
    if (isException(bytes, start, request)) {
      expect("length of the exception", 3, end - start);
      if (third == 0) {
        throw new InvalidResponseException("exception code 0 does not exist");
      }
      throw new ModbusExceptionResponse(ModbusExceptionCode.of(third));
    }
    expect("byte count", request.dataLength(), third);
    expect("length of the data", request.dataLength(), end - start - 3);
    byte[] data = new byte[request.dataLength()];
    System.arraycopy(bytes, start + 3, data, 0, data.length);
    return data;
  }

  /** Whether it is an exception response; false for a normal response. */
  private static boolean isException(byte[] bytes, int start, ReadRequest request)
      throws InvalidResponseException {
    expect("unit", request.unit(), bytes[start] & 0xFF);
    int function = bytes[start + 1] & 0xFF;
    int requested = request.table().functionCode();
    if (function == (requested | 0x80)) {
      return true;
    }
    expect("function", requested, function);
    return false;
  }

  private static void expect(String what, int expected, int actual)
      throws InvalidResponseException {
    if (expected != actual) {
      throw new InvalidResponseException(what + " must be " + expected + ", but is " + actual);
    }
  }

  private static void atLeast(int shortest, int length) throws InvalidResponseException {
    if (length < shortest) {
      throw new InvalidResponseException("the response ends after " + length + " bytes");
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
