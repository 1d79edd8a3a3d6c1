// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.mapping.Template;
import io.connectot.core.spi.LineException;
import java.util.Optional;

/** Where a part of a measurement comes from. Immutable. */
sealed interface FieldSource {

  /** The whole of where it looks. */
  JsonPointer WHOLE = JsonPointer.empty();

  /** The same for all messages of a topic. */
  record OfTopic(Template template) implements FieldSource {}

  /** A place in the payload (RFC 6901). */
  record OfPayload(JsonPointer pointer) implements FieldSource {}

  /** Reads the pointers of a line. For one thread. */
  record Pointers(LineSettings settings) {
    Optional<JsonPointer> read(String option, String key) throws LineException {
      Optional<String> text = settings.text(option, key);
      return text.isEmpty() ? Optional.empty() : Optional.of(pointer(option, text.get()));
    }
  }

  /**
   * Reads a pointer.
   *
   * @param what the option, for messages
   */
  static JsonPointer pointer(String what, String text) throws LineException {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new LineException(
          what + "=" + text + ": must be a JSON Pointer such as /value or /data/0/value");
    }
  }
}
