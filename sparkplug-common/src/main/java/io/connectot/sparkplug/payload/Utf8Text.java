// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Text from bytes that should be UTF-8. */
public final class Utf8Text {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8Text() {}

  /**
   * The text; {@link InvalidValue} when the bytes are not UTF-8, e.g. Latin-1 from a controller.
   */
  public static MetricValue of(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes, offset, length)) {
      return new InvalidValue("the text is not UTF-8");
    }
    return new TextValue(text);
  }

  private static boolean isUtf8(byte[] bytes, int offset, int length) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)) != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
