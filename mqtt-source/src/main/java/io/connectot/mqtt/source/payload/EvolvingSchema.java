// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.connect.data.Schema;

/**
 * The schema of the documents of one Kafka topic as far as they are known: it takes in new fields
 * and wider numbers, and keeps what a document lacks. For one thread.
 */
final class EvolvingSchema {
  /** A larger one is forgotten: names that are data in truth would make it grow without end. */
  static final int MAX_SIZE = 500;

  private JsonStructure known = JsonStructure.Scalar.NULL;
  private Schema schema = known.schema();

  /** What the schema is known to be good for. */
  private JsonStructure last = known;

  /** A schema that takes a document, the same one as before if possible. */
  Schema of(JsonNode document) {
    JsonStructure shape = JsonStructure.of(document);
    if (shape.equals(last)) {
      return schema;
    }
    if (shape.size() > MAX_SIZE) {
      return shape.schema();
    }
    JsonStructure wider = JsonStructure.widen(known, shape);
    if (wider.size() > MAX_SIZE) {
      wider = shape;
    }
    if (!wider.equals(known)) {
      known = wider;
      schema = wider.schema();
    }
    last = shape;
    return schema;
  }
}
