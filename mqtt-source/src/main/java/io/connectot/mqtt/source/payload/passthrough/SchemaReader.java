// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.BoundedCache;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * JSON with a Connect schema: a given one, or one inferred from the documents of a Kafka topic. For
 * one thread.
 */
public final class SchemaReader implements DocumentReader {
  /** Maximum number of Kafka topics with an inferred schema. */
  static final int MAX_TOPICS = 1000;

  private static final int SIZE_PER_BYTE = 4;

  /** Heap of a struct field, set or not. */
  private static final int SIZE_PER_SLOT = 4;

  private final Function<JsonNode, Schema> schemas;
  private final JsonValues values;

  private SchemaReader(Function<JsonNode, Schema> schemas, JsonValues values) {
    this.schemas = schemas;
    this.values = values;
  }

  /** Creates readers of Kafka topics that each infer a schema. */
  public static Function<String, PassThroughReader> inferring() {
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

  /** Creates a reader with a given schema. */
  public static SchemaReader of(Schema schema) {
    return new SchemaReader(document -> schema, new JsonValues(true));
  }

  @Override
  public PayloadContent read(JsonNode document, int length) throws PayloadException {
    Schema schema = schemas.apply(document);
    Object value = values.read(schema, document);
    int size = SIZE_PER_BYTE * length + SIZE_PER_SLOT * values.slots();
    return new PayloadContent(schema, value, document, size);
  }
}
