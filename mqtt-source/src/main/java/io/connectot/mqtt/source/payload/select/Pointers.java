// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.LineException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of JSON Pointers (RFC 6901) separated by commas, such as {@code /SourceTimestamp,/time}:
 * the first that leads to a value counts. Immutable.
 *
 * @param list at least one
 */
public record Pointers(List<JsonPointer> list) {
  /** The whole document or part. */
  public static final Pointers WHOLE = new Pointers(List.of(JsonPointer.empty()));

  public Pointers {
    list = List.copyOf(list);
  }

  /**
   * Parses a list.
   *
   * @throws LineException when the text is not one
   */
  public static Pointers parse(String text) throws LineException {
    List<JsonPointer> list = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int comma = text.indexOf(",/", from);
      int end = comma < 0 ? text.length() : comma;
      list.add(pointer(text.substring(from, end).trim()));
      from = end + 1;
    }
    return list.isEmpty() ? WHOLE : new Pointers(list);
  }

  private static JsonPointer pointer(String text) throws LineException {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new LineException("must be a JSON Pointer such as /value or /data/0/value");
    }
  }

  /** Whether this is the whole document or part. */
  public boolean isWhole() {
    return list.get(0).matches();
  }

  /**
   * The value in the innermost part that has one; null if there is none. A JSON null counts as
   * absent.
   */
  public JsonNode find(JsonScope scope) {
    for (JsonScope part = scope; part != null; part = part.outer()) {
      JsonNode found = in(part.node());
      if (found != null && !found.isNull()) {
        return found;
      }
    }
    return null;
  }

  /** The value in a part of the document: the first that is not null; null if absent. */
  public JsonNode in(JsonNode part) {
    JsonNode nothing = null;
    for (int i = 0; i < list.size(); i++) {
      JsonNode found = part.at(list.get(i));
      if (found.isNull()) {
        nothing = found;
      } else if (!found.isMissingNode()) {
        return found;
      }
    }
    return nothing;
  }

  /** The list as written. */
  @Override
  public String toString() {
    return String.join(",", list.stream().map(JsonPointer::toString).toList());
  }
}
