// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
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
}
