// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.RegisterBytes;
import io.connectot.modbus.type.UnencodableValueException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * Text in registers. NUL and blank padding is removed from both ends, and characters after a NUL
 * are dropped as remains of a longer text. Bytes that are invalid in the charset become U+FFFD.
 */
record TextCodec(RegisterBytes bytes, Charset charset) implements Codec {
  @Override
  public int quantity() {
    return bytes.registers();
  }

  @Override
  public ValueType valueType() {
    return ValueType.STRING;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    String text = new String(bytes.read(data, start), charset);
    int begin = 0;
    while (begin < text.length() && isPadding(text.charAt(begin))) {
      begin++;
    }
    int end = text.indexOf('\0', begin);
    end = end < 0 ? text.length() : end;
    while (end > begin && isPadding(text.charAt(end - 1))) {
      end--;
    }
    return DecodedValue.good(new TextValue(text.substring(begin, end)));
  }

  private static boolean isPadding(char c) {
    return c == '\0' || c == ' ';
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    if (!(value instanceof TextValue text)) {
      throw new UnencodableValueException(value + " is not a text");
    }
    ByteBuffer encoded;
    try {
      encoded = charset.newEncoder().encode(CharBuffer.wrap(text.value()));
    } catch (CharacterCodingException e) {
      throw new UnencodableValueException("the text has characters that " + charset + " has not");
    }
    if (encoded.remaining() > bytes.length()) {
      throw new UnencodableValueException(
          "the text has " + encoded.remaining() + " bytes, the tag has " + bytes.length());
    }
    if (text.value().indexOf('\0') >= 0 || !text.value().equals(text.value().strip())) {
      throw new UnencodableValueException(
          "the text begins or ends with a blank, or contains a NUL");
    }
    byte[] padded = new byte[bytes.length()];
    encoded.get(padded, 0, encoded.remaining());
    bytes.write(padded, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    bytes.own(bits, start);
  }
}
