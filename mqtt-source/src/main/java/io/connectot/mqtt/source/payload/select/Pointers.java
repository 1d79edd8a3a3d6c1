// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of JSON Pointers (RFC 6901) separated by commas, such as {@code /SourceTimestamp,/time}:
 * the first that leads to a value counts. A pointer that begins with {@code #}, as in a URI, is
 * resolved in the whole document, others in a part and what is around it. Immutable.
 *
 * @param list at least one
 */
public record Pointers(List<Location> list) {
  /** The whole document or part. */
  public static final Pointers WHOLE =
      new Pointers(List.of(new Location(JsonPointer.empty(), false)));

  private static final String OF_DOCUMENT = "#";

  public Pointers {
    list = List.copyOf(list);
  }

  /**
   * One of the pointers.
   *
   * @param ofDocument whether it is resolved in the whole document
   */
  public record Location(JsonPointer pointer, boolean ofDocument) {
    /** The pointer as written. */
    @Override
    public String toString() {
      return ofDocument ? OF_DOCUMENT + pointer : pointer.toString();
    }
  }

  /**
   * Parses a list.
   *
   * @throws LineException when the text is not one
   */
  public static Pointers parse(String text) throws LineException {
    if (text.isEmpty()) {
      return WHOLE;
    }
    List<Location> list = new ArrayList<>();
    for (String pointer : text.split(",(?=#?/)", -1)) {
      list.add(location(pointer.trim()));
    }
    return new Pointers(list);
  }

  /**
   * Parses a list of which none is resolved in the whole document.
   *
   * @throws LineException when the text is not one
   */
  public static Pointers ofPart(String text) throws LineException {
    Pointers pointers = parse(text);
    if (pointers.list.stream().anyMatch(Location::ofDocument)) {
      throw new LineException("must be in the sample, without " + OF_DOCUMENT);
    }
    return pointers;
  }

  private static Location location(String text) throws LineException {
    boolean ofDocument = text.startsWith(OF_DOCUMENT + "/");
    try {
      return new Location(
          JsonPointer.compile(ofDocument ? text.substring(OF_DOCUMENT.length()) : text),
          ofDocument);
    } catch (IllegalArgumentException e) {
      throw new LineException("must be a JSON Pointer such as /value or /data/0/value");
    }
  }

  /** Whether this is the whole document or part. */
  public boolean isWhole() {
    return list.get(0).pointer().matches();
  }

  /**
   * The value in the innermost part that has one; null if there is none. A JSON null counts as
   * absent.
   */
  public JsonNode find(JsonScope scope) {
    for (JsonScope part = scope; part != null; part = part.outer()) {
      for (int i = 0; i < list.size(); i++) {
        Location location = list.get(i);
        JsonNode found = (location.ofDocument ? part.document() : part.node()).at(location.pointer);
        if (!found.isNull() && !found.isMissingNode()) {
          return found;
        }
      }
    }
    return null;
  }

  /** The value in a part of the document: the first that is not null; null if absent. */
  public JsonNode in(JsonNode part) {
    JsonNode nothing = null;
    for (int i = 0; i < list.size(); i++) {
      JsonNode found = part.at(list.get(i).pointer());
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
    return String.join(",", list.stream().map(Location::toString).toList());
  }
}
