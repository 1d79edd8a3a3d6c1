// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.template.Template;
import io.connectot.mqtt.source.payload.PayloadException;

/** The key of pass-through records. */
public sealed interface KeySource {

  /** No key. */
  record None() implements KeySource {}

  /** A template over the topic. */
  record OfTopic(Template template) implements KeySource {}

  /** A scalar in the payload (RFC 6901). */
  record OfPayload(JsonPointer pointer) implements KeySource {

    /**
     * The key as text.
     *
     * @param document null without a payload
     * @throws PayloadException when there is no scalar at the pointer
     */
    String key(JsonNode document) throws PayloadException {
      JsonNode node = document == null ? null : document.at(pointer);
      if (node == null || !node.isValueNode() || node.isNull()) {
        throw new PayloadException("there is no text, number or boolean for the key at " + pointer);
      }
      return node.asText();
    }
  }
}
