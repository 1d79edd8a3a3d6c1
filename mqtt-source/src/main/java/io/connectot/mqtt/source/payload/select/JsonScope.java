// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a document and the parts around it, in which {@link Pointers} look for what the part
 * itself does not have.
 *
 * @param outer null for the document
 * @param name of the member, or index of the element, if a {@code *} of a path stands for it; else
 *     null
 */
public record JsonScope(JsonNode node, JsonScope outer, String name) {

  /** The scope of a document. */
  public static JsonScope of(JsonNode document) {
    return new JsonScope(document, null, null);
  }

  /** The scope of a part. */
  public JsonScope inner(JsonNode part) {
    return new JsonScope(part, this, null);
  }

  /** The scope of a part that a {@code *} stands for. */
  JsonScope named(JsonNode part, String member) {
    return new JsonScope(part, this, member);
  }

  /** The document. */
  JsonNode document() {
    JsonScope scope = this;
    while (scope.outer != null) {
      scope = scope.outer;
    }
    return scope.node;
  }

  /**
   * What a {@code *} stands for.
   *
   * @param index counted from 0 from the outside, or from -1 from the inside
   * @return null if there is none
   */
  String name(int index) {
    List<String> names = new ArrayList<>();
    for (JsonScope scope = this; scope != null; scope = scope.outer) {
      if (scope.name != null) {
        names.add(scope.name);
      }
    }
    int fromInside = index < 0 ? -1 - index : names.size() - 1 - index;
    return fromInside >= 0 && fromInside < names.size() ? names.get(fromInside) : null;
  }
}
