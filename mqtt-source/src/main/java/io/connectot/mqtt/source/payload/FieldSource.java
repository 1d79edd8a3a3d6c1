// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.mapping.template.Template;
import io.connectot.core.spi.LineException;

/** The source of a part of a measurement. Immutable. */
sealed interface FieldSource {

  /** The whole document or part. */
  JsonPointer WHOLE = JsonPointer.empty();

  /** A template over the topic. */
  record OfTopic(Template template) implements FieldSource {}

  /** A location in the payload (RFC 6901). */
  record OfPayload(JsonPointer pointer) implements FieldSource {}

  /** Parses a JSON Pointer. */
  static JsonPointer pointer(String text) throws LineException {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new LineException("must be a JSON Pointer such as /value or /data/0/value");
    }
  }
}
