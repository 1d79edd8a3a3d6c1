// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.connect.data.Schema;

/**
 * The schema inferred from the documents of one Kafka topic: adds new fields and wider numbers, and
 * keeps fields that a document lacks. For one thread.
 */
final class EvolvingSchema {
  /** A larger schema is discarded: field names that are data would make it grow without limit. */
  static final int MAX_SIZE = 500;

  private JsonStructure known = JsonStructure.Scalar.NULL;
  private Schema schema = known.schema();

  /** The last structure that the schema fits. */
  private JsonStructure last = known;

  /** A schema for a document, the previous one if possible. */
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
