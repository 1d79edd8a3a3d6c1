// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A part of a document and the parts around it, in which {@link Pointers} look for what the part
 * itself does not have.
 *
 * @param outer null for the document
 */
public record JsonScope(JsonNode node, JsonScope outer) {

  /** The scope of a document. */
  public static JsonScope of(JsonNode document) {
    return new JsonScope(document, null);
  }

  /** The scope of a part. */
  public JsonScope inner(JsonNode part) {
    return new JsonScope(part, this);
  }
}
