// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Buffer of the JSON text of one record. Numbers and strings have the form that Jackson gives them.
 *
 * <p>Used by one thread at a time.
 */
final class JsonOutput {
  /** A buffer that grew beyond this size is not kept for the next record. */
  private static final int MAX_KEPT_SIZE = 1 << 20;

  /**
   * Text is encoded in pieces of this many characters, so that a long text needs no huge buffer.
   */
  private static final int PIECE = 1024;

  /** The longest encoding of a character, {@code \\uXXXX}. */
  private static final int MAX_CHAR_LENGTH = 6;

  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] HEX = ascii("0123456789ABCDEF");

  private final StringEncodings encodings;
  private byte[] bytes = new byte[1024];
  private int size;

  JsonOutput(StringEncodings encodings) {
    this.encodings = encodings;
  }

  /** Returns a copy of the text written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns the length of the text written. */
  int size() {
    return size;
  }

  /** Returns a copy of the end of the text written. */
  byte[] copyFrom(int from) {
    return Arrays.copyOfRange(bytes, from, size);
  }

  /** Empties the buffer. */
  void clear() {
    size = 0;
  }

  /** Returns false if the buffer is too large to keep it for the next record. */
  boolean isWorthKeeping() {
    return bytes.length <= MAX_KEPT_SIZE;
  }

  void writeRaw(char character) {
    ensure(1);
    bytes[size++] = (byte) character;
  }

  /** Writes text that is JSON already. */
  void writeRaw(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  void writeNull() {
    writeRaw(NULL);
  }

  void write(boolean value) {
    writeRaw(value ? TRUE : FALSE);
  }

  void write(long value) {
    ensure(Digits.MAX_LENGTH);
    size = Digits.write(value, bytes, size);
  }

  void write(double value) {
    if (!Double.isFinite(value)) {
      writeQuoted(Double.toString(value));
      return;
    }
    ensure(Digits.MAX_LENGTH);
    int end = Digits.write(value, bytes, size);
    if (end == Digits.UNSUPPORTED) {
      writeAscii(Double.toString(value));
    } else {
      size = end;
    }
  }

  void write(float value) {
    if (!Float.isFinite(value)) {
      writeQuoted(Float.toString(value));
      return;
    }
    ensure(Digits.MAX_LENGTH);
    int end = Digits.write(value, bytes, size);
    if (end == Digits.UNSUPPORTED) {
      writeAscii(Float.toString(value));
    } else {
      size = end;
    }
  }

  /** Writes text of ASCII characters without quotes. */
  void writeAscii(String text) {
    writeRaw(ascii(text));
  }

  void writeBase64(byte[] value) {
    byte[] text = Base64.getEncoder().encode(value);
    writeRaw('"');
    writeRaw(text);
    writeRaw('"');
  }

  void write(String text) {
    byte[] encoding = encodings.find(text);
    if (encoding != null) {
      writeRaw(encoding);
      return;
    }
    int from = size;
    writeQuoted(text);
    encodings.offer(text, bytes, from, size);
  }

  private void writeQuoted(String text) {
    int length = text.length();
    writeRaw('"');
    for (int from = 0; from < length; from += PIECE) {
      writeEscaped(text, from, Math.min(length, from + PIECE));
    }
    writeRaw('"');
  }

  private void writeEscaped(String text, int from, int to) {
    ensure((to - from) * MAX_CHAR_LENGTH);
    byte[] target = bytes;
    int next = size;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        target[next++] = (byte) c;
      } else {
        next = writeSpecial(c, target, next);
      }
    }
    size = next;
  }

  private static int writeSpecial(char c, byte[] target, int position) {
    int next = position;
    if (c < 0x80) {
      char letter = shortEscape(c);
      if (letter == 0) {
        return writeHex(c, target, next);
      }
      target[next++] = '\\';
      target[next++] = (byte) letter;
    } else if (c < 0x800) {
      target[next++] = (byte) (0xc0 | (c >> 6));
      target[next++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isSurrogate(c)) {
      // Jackson does not combine surrogates.
      return writeHex(c, target, next);
    } else {
      target[next++] = (byte) (0xe0 | (c >> 12));
      target[next++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      target[next++] = (byte) (0x80 | (c & 0x3f));
    }
    return next;
  }

  private static char shortEscape(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  private static int writeHex(char c, byte[] target, int position) {
    int next = position;
    target[next++] = '\\';
    target[next++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      target[next++] = HEX[(c >> shift) & 0xf];
    }
    return next;
  }

  private void ensure(int additional) {
    if (bytes.length - size < additional) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + additional));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
