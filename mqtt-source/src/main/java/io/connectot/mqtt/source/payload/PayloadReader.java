// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;

/** Reads payloads that pass through as they are. For one thread. */
@FunctionalInterface
interface PayloadReader {
  /** Leaves them as they are. */
  PayloadReader BYTES =
      payload -> new PayloadContent(Schema.BYTES_SCHEMA, payload, null, payload.length);

  /** Reads them as UTF-8. */
  PayloadReader STRING =
      payload -> {
        String text = text(payload);
        return new PayloadContent(Schema.STRING_SCHEMA, text, null, 2 * text.length());
      };

  /**
   * @throws PayloadException when the payload is none of this format
   */
  PayloadContent read(byte[] payload) throws PayloadException;

  /**
   * The text that UTF-8 stands for.
   *
   * @throws PayloadException when the payload is no UTF-8
   */
  static String text(byte[] payload) throws PayloadException {
    try {
      // A new decoder reports malformed input, where String would replace it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new PayloadException(
          "the payload is no UTF-8; read it with format=bytes, or correct the publisher", e);
    }
  }
}
