// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.Utf8;
import org.apache.kafka.connect.data.Schema;

/** Reads pass-through payloads. For one thread. */
@FunctionalInterface
public interface PassThroughReader {
  /** The unchanged bytes. */
  PassThroughReader BYTES =
      payload -> new PayloadContent(Schema.BYTES_SCHEMA, payload, null, payload.length);

  /** UTF-8 text. */
  PassThroughReader STRING =
      payload -> {
        String text = Utf8.text(payload);
        return new PayloadContent(Schema.STRING_SCHEMA, text, null, 2 * text.length());
      };

  /**
   * @throws PayloadException when the payload does not have the format
   */
  PayloadContent read(byte[] payload) throws PayloadException;
}
