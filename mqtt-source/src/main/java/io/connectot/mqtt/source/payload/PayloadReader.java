// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;

/** Reads pass-through payloads. For one thread. */
@FunctionalInterface
interface PayloadReader {
  /** The unchanged bytes. */
  PayloadReader BYTES =
      payload -> new PayloadContent(Schema.BYTES_SCHEMA, payload, null, payload.length);

  /** UTF-8 text. */
  PayloadReader STRING =
      payload -> {
        String text = text(payload);
        return new PayloadContent(Schema.STRING_SCHEMA, text, null, 2 * text.length());
      };

  /**
   * @throws PayloadException when the payload does not have the format
   */
  PayloadContent read(byte[] payload) throws PayloadException;

  /**
   * Decodes UTF-8.
   *
   * @throws PayloadException when the payload is not UTF-8
   */
  static String text(byte[] payload) throws PayloadException {
    try {
      // A new decoder reports malformed input; String would replace it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new PayloadException(
          "the payload is not UTF-8; read it with format=bytes, or correct the publisher", e);
    }
  }
}
