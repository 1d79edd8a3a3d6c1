// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encodes requests and decodes responses, and verifies that a response belongs to its request.
 * j2mod only checks the transaction identifier, and for RTU over TCP not even the CRC; this class
 * returns data only after all checks.
 */
public enum Framing {
  /** Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3. */
  MBAP {
    @Override
    public byte[] encode(Request request) {
      byte[] body = request.toBytes();
      byte[] frame = new byte[MBAP_PREFIX + body.length];
      putWord(frame, 0, request.transaction());
      putWord(frame, 4, body.length);
      System.arraycopy(body, 0, frame, MBAP_PREFIX, body.length);
      return frame;
    }

    @Override
    public int receive(
        ByteStream line, Request request, byte[] buffer, IoDeadline deadline, StrayBytes stray)
        throws IOException {
      // At once, because every read is a system call; no more than belongs to the response.
      int longest = MBAP_PREFIX + MBAP_HEADER + request.shape().dataLength();
      int count = 0;
      while (count < MBAP_PREFIX) {
        count += line.read(buffer, count, longest - count, deadline);
      }
      int length = word(buffer, 4);
      checkPrefix(buffer, length, request);
      int end = MBAP_PREFIX + length;
      if (count > end) {
        throw new InvalidResponseException(
            "more than one response arrived; one of them may be late");
      }
      fill(line, buffer, count, end - count, deadline);
      return end;
    }

    @Override
    public byte[] decode(byte[] bytes, int length, Request request)
        throws InvalidResponseException, ModbusExceptionResponse {
      atLeast(MBAP_PREFIX + 3, length);
      checkPrefix(bytes, length - MBAP_PREFIX, request);
      if (request.checks().unit()) {
        expect("unit", request.unit(), bytes[MBAP_PREFIX] & 0xFF, UNIT_HINT);
      } else {
        bytes[MBAP_PREFIX] = (byte) request.unit();
      }
      return dataOf(bytes, MBAP_PREFIX, length, request);
    }

    @Override
    public List<ResponseShape> responses(byte[] bytes) {
      return List.of();
    }

    private void checkPrefix(byte[] bytes, int length, Request request)
        throws InvalidResponseException {
      if (request.checks().transaction()) {
        expect("transaction", request.transaction(), word(bytes, 0), TRANSACTION_HINT);
      }
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
    public byte[] encode(Request request) {
      byte[] body = request.toBytes();
      int[] crc = ModbusUtil.calculateCRC(body, 0, body.length);
      byte[] frame = new byte[body.length + 2];
      System.arraycopy(body, 0, frame, 0, body.length);
      frame[body.length] = (byte) crc[0];
      frame[body.length + 1] = (byte) crc[1];
      return frame;
    }

    @Override
    public int receive(
        ByteStream line, Request request, byte[] buffer, IoDeadline deadline, StrayBytes stray)
        throws IOException {
      return new RtuReceiver(line, request, buffer, stray).receive(deadline);
    }

    @Override
    public byte[] decode(byte[] bytes, int length, Request request)
        throws InvalidResponseException, ModbusExceptionResponse {
      atLeast(5, length);
      if (!crcMatches(bytes, 0, length)) {
        throw new InvalidResponseException("the CRC of " + length + " bytes does not match");
      }
      return dataOf(bytes, 0, length - 2, request);
    }

    @Override
    public List<ResponseShape> responses(byte[] bytes) {
      List<ResponseShape> found = new ArrayList<>();
      for (int start = 0; start + 5 < bytes.length; ) {
        int dataLength = bytes[start + 2] & 0xFF;
        int frame = 5 + dataLength;
        if (start + frame <= bytes.length && crcMatches(bytes, start, frame)) {
          found.add(new ResponseShape(bytes[start] & 0xFF, bytes[start + 1] & 0xFF, dataLength));
          start += frame;
        } else {
          start++;
        }
      }
      return found;
    }
  },

  /** Modbus over Serial Line V1.02 §2.5.2. */
  ASCII {
    @Override
    public byte[] encode(Request request) {
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
    public int receive(
        ByteStream line, Request request, byte[] buffer, IoDeadline deadline, StrayBytes stray)
        throws IOException {
      InvalidResponseException other = null;
      while (true) {
        int length;
        try {
          length = receiveLine(line, buffer, deadline);
        } catch (SocketTimeoutException e) {
          throw other == null ? e : other;
        }
        try {
          decode(buffer, length, request);
          return length;
        } catch (ModbusExceptionResponse e) {
          return length;
        } catch (InvalidResponseException e) {
          // A frame for another master; the response may still come.
          other = e;
          stray.add(buffer, 0, length);
        }
      }
    }

    private int receiveLine(ByteStream line, byte[] buffer, IoDeadline deadline)
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
    public byte[] decode(byte[] bytes, int length, Request request)
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

    @Override
    public List<ResponseShape> responses(byte[] bytes) {
      List<ResponseShape> found = new ArrayList<>();
      String text = new String(bytes, StandardCharsets.US_ASCII);
      Matcher frame = ASCII_HEADER.matcher(text);
      while (frame.find()) {
        found.add(
            new ResponseShape(
                Integer.parseInt(frame.group(1), 16),
                Integer.parseInt(frame.group(2), 16),
                Integer.parseInt(frame.group(3), 16)));
      }
      return found;
    }
  };

  /** Room for the longest frame, 513 characters in ASCII. */
  public static final int LONGEST_FRAME = 520;

  private static final String TRANSACTION_HINT =
      "; for a gateway that always returns another, set modbus.reply.transaction=ignore";

  private static final String UNIT_HINT =
      "; for a gateway that always returns another, set modbus.reply.unit=ignore";

  private static final Pattern ASCII_HEADER =
      Pattern.compile(":([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})");

  private static final int LONGEST_PDU = 253;
  private static final int MBAP_PREFIX = 6;

  /** Unit, function code, and the length of the data or the exception code. */
  private static final int MBAP_HEADER = 3;

  /** The request as bytes. */
  public abstract byte[] encode(Request request);

  /**
   * Reads one response frame into {@code buffer}. Where frames carry no transaction identifier,
   * skips bytes that are not the response, because other masters may use the line.
   *
   * @param stray takes the bytes skipped
   * @return the length of the frame
   * @throws InvalidResponseException when the bytes cannot be the response
   */
  public abstract int receive(
      ByteStream line, Request request, byte[] buffer, IoDeadline deadline, StrayBytes stray)
      throws IOException;

  /**
   * Verifies a response and returns its data.
   *
   * @param bytes the received frame, from index 0
   * @param length the length of the frame
   * @return exactly the requested data
   * @throws InvalidResponseException when it is not the complete response to {@code request}
   * @throws ModbusExceptionResponse when it is the exception response to {@code request}
   */
  public abstract byte[] decode(byte[] bytes, int length, Request request)
      throws InvalidResponseException, ModbusExceptionResponse;

  /** The shapes of the responses among bytes of a line; none where frames have identifiers. */
  public abstract List<ResponseShape> responses(byte[] bytes);

  /** Reads exactly {@code count} bytes. */
  public static void fill(
      ByteStream line, byte[] target, int offset, int count, IoDeadline deadline)
      throws IOException {
    int end = offset + count;
    for (int next = offset; next < end; ) {
      next += line.read(target, next, end - next, deadline);
    }
  }

  private static byte[] dataOf(byte[] bytes, int start, int end, Request request)
      throws InvalidResponseException, ModbusExceptionResponse {
    int third = bytes[start + 2] & 0xFF;
    if (isException(bytes, start, request)) {
      expect("length of the exception", 3, end - start);
      if (third == 0) {
        throw new InvalidResponseException("exception code 0 does not exist");
      }
      throw new ModbusExceptionResponse(ModbusExceptionCode.of(third));
    }
    return request.data(bytes, start, end);
  }

  /** Whether the last two of {@code length} bytes are the CRC of those before. */
  static boolean crcMatches(byte[] bytes, int start, int length) {
    int end = start + length;
    // Its last parameter is not a length, as its name says, but the index after the last byte.
    int[] crc = ModbusUtil.calculateCRC(bytes, start, end - 2);
    return crc[0] == (bytes[end - 2] & 0xFF) && crc[1] == (bytes[end - 1] & 0xFF);
  }

  /** Whether it is an exception response; false for a normal response. */
  static boolean isException(byte[] bytes, int start, Request request)
      throws InvalidResponseException {
    expect("unit", request.unit(), bytes[start] & 0xFF);
    int function = bytes[start + 1] & 0xFF;
    int requested = request.functionCode();
    if (function == (requested | 0x80)) {
      return true;
    }
    expect("function", requested, function);
    return false;
  }

  static void expect(String what, int expected, int actual) throws InvalidResponseException {
    expect(what, expected, actual, "");
  }

  static void expect(String what, int expected, int actual, String hint)
      throws InvalidResponseException {
    if (expected != actual) {
      throw new InvalidResponseException(
          what + " must be " + expected + ", but is " + actual + hint);
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
