// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Resolves pointers in the innermost part of the document that contains a measurement, then in the
 * enclosing parts, the document last.
 *
 * @param outer null for the document
 */
record JsonScope(JsonNode node, JsonScope outer) {

  static JsonScope of(JsonNode document) {
    return new JsonScope(document, null);
  }

  JsonScope inner(JsonNode part) {
    return new JsonScope(part, this);
  }

  /** The value at a pointer; null if absent or JSON null. */
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
