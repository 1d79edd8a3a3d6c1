// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.connect.data.Schema;

/**
 * JSON with a Connect schema. A schema that is given has to fit; one that is made of each document
 * does. For one thread.
 */
final class SchemaReader implements PayloadReader {
  /** How many shapes of documents are remembered with their schemas. */
  static final int MAX_SHAPES = 256;

  /** Longer documents are worked out anew each: their shapes may be as large as they are. */
  static final int MAX_REMEMBERED = 8192;

  private static final int SIZE_PER_BYTE = 4;

  /** Null when each document makes its own. */
  private final Schema given;

  private final JsonValues values;
  private final BoundedCache<JsonShape, Schema> schemas = new BoundedCache<>(MAX_SHAPES);

  private SchemaReader(Schema given, JsonValues values) {
    this.given = given;
    this.values = values;
  }

  /** Makes a schema of each document. */
  static SchemaReader inferring() {
    return new SchemaReader(null, new JsonValues(false));
  }

  /** Reads documents of one schema. */
  static SchemaReader of(Schema schema) {
    return new SchemaReader(schema, new JsonValues(true));
  }

  @Override
  public Content read(byte[] payload) throws PayloadException {
    if (payload.length == 0) {
      return Content.DELETION;
    }
    JsonNode document = JsonDocuments.read(payload);
    Schema schema = given == null ? inferred(document, payload.length) : given;
    return new Content(
        schema, values.read(schema, document), document, SIZE_PER_BYTE * payload.length);
  }

  private Schema inferred(JsonNode document, int length) {
    JsonShape shape = JsonShape.of(document);
    Schema known = schemas.get(shape);
    if (known != null) {
      return known;
    }
    Schema schema = shape.schema();
    if (length <= MAX_REMEMBERED) {
      schemas.put(shape, schema);
    }
    return schema;
  }
}
