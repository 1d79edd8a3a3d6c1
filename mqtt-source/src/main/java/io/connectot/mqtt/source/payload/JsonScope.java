// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where pointers look: in the innermost part of the document that one measurement is made of, and
 * what they do not find there, in the parts around it, the document last.
 *
 * @param outer null around the document
 */
record JsonScope(JsonNode node, JsonScope outer) {

  static JsonScope of(JsonNode document) {
    return new JsonScope(document, null);
  }

  JsonScope inner(JsonNode part) {
    return new JsonScope(part, this);
  }

  /** What a pointer points to; null when there is nothing, or JSON's null. */
  JsonNode find(JsonPointer pointer) {
    for (JsonScope scope = this; scope != null; scope = scope.outer) {
      JsonNode found = scope.node.at(pointer);
      if (!found.isMissingNode()) {
        return found.isNull() ? null : found;
      }
    }
    return null;
  }
}
