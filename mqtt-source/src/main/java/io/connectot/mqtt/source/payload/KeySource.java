// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.Template;

/** What records of messages that pass through are keyed by. */
sealed interface KeySource {

  /** No key. */
  record None() implements KeySource {}

  /** A text over the topic. */
  record OfTopic(Template template) implements KeySource {}

  /** A single value in the payload (RFC 6901). */
  record OfPayload(JsonPointer pointer) implements KeySource {

    /**
     * The value as text.
     *
     * @param document null when the message has no payload
     * @throws PayloadException when there is none
     */
    String key(JsonNode document) throws PayloadException {
      JsonNode node = document == null ? null : document.at(pointer);
      if (node == null || !node.isValueNode() || node.isNull()) {
        throw new PayloadException(
            "there is no text, number or boolean at " + pointer + ", which is to be the key");
      }
      return node.asText();
    }
  }
}
