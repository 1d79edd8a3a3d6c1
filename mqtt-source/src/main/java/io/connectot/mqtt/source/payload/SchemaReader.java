// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * JSON with a Connect schema. A schema that is given has to fit; one that is inferred grows with
 * the documents of a Kafka topic. For one thread.
 */
final class SchemaReader implements PayloadReader {
  /** For how many Kafka topics a schema is kept. */
  static final int MAX_TOPICS = 1000;

  private static final int SIZE_PER_BYTE = 4;

  /** Heap of a field of a struct, set or not. */
  private static final int SIZE_PER_SLOT = 4;

  private final Function<JsonNode, Schema> schemas;
  private final JsonValues values;

  private SchemaReader(Function<JsonNode, Schema> schemas, JsonValues values) {
    this.schemas = schemas;
    this.values = values;
  }

  /** Makes the readers of Kafka topics, each of which infers a schema from what it reads. */
  static Function<String, PayloadReader> inferring() {
    BoundedCache<String, EvolvingSchema> growing = new BoundedCache<>(MAX_TOPICS);
    JsonValues values = new JsonValues(false);
    return topic -> new SchemaReader(document -> growing(growing, topic).of(document), values);
  }

  private static EvolvingSchema growing(BoundedCache<String, EvolvingSchema> known, String topic) {
    EvolvingSchema schema = known.get(topic);
    if (schema == null) {
      schema = new EvolvingSchema();
      known.put(topic, schema);
    }
    return schema;
  }

  /** Reads documents of one schema. */
  static SchemaReader of(Schema schema) {
    return new SchemaReader(document -> schema, new JsonValues(true));
  }

  @Override
  public PayloadContent read(byte[] payload) throws PayloadException {
    if (payload.length == 0) {
      return PayloadContent.DELETION;
    }
    JsonNode document = JsonDocuments.read(payload);
    Schema schema = schemas.apply(document);
    Object value = values.read(schema, document);
    int size = SIZE_PER_BYTE * payload.length + SIZE_PER_SLOT * values.slots();
    return new PayloadContent(schema, value, document, size);
  }
}
