// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import io.connectot.mqtt.source.payload.PayloadException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char MARK = '\uFEFF';

  private Utf8() {}

  /**
   * Decodes text.
   *
   * @throws PayloadException when the payload is not UTF-8
   */
  public static String text(byte[] payload) throws PayloadException {
    try {
      // A new decoder reports malformed input; String would replace it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new PayloadException(
          "the payload is not UTF-8; read it with format=bytes, or correct the publisher", e);
    }
  }

  /**
   * Decodes text of which some bytes may not be UTF-8; {@link #isDamaged} finds those. A byte order
   * mark at the beginning is left out.
   */
  static String damagedText(byte[] payload) {
    return withoutMark(new String(payload, StandardCharsets.UTF_8));
  }

  /** The text without the byte order mark with which publishers on Windows begin it. */
  static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  /** Whether a part of a text was not UTF-8. */
  public static boolean isDamaged(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }
}
