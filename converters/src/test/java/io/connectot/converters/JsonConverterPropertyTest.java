// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.List;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

/**
 * Whatever the schema and the value are, the bytes and the errors are those of Kafka's converter.
 */
class JsonConverterPropertyTest {
  private static final int SCHEMAS = 4000;
  private static final int VALUES = 4;
  private static final int DEPTH = 3;

  private final List<Converters> options =
      List.of(
          Converters.with(),
          Converters.with("replace.null.with.default", false),
          Converters.with("decimal.format", "numeric"),
          Converters.with("schemas.cache.size", 0),
          Converters.with("schemas.enable", true));

  @Test
  void writesRecordsWithSchemasAsKafka() {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      GeneratedData data = new GeneratedData(Choices.of(new Random(seed)));
      Schema schema = data.schema(DEPTH);
      for (int i = 0; i < VALUES; i++) {
        Object value = data.value(schema, DEPTH);
        options.get(seed % options.size()).assertSame(schema, value);
      }
    }
  }

  @Test
  void writesRecordsWithoutSchemasAsKafka() {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      Object value = new GeneratedData(Choices.of(new Random(seed))).schemaless(DEPTH);
      options.get(seed % options.size()).assertSame(null, value);
    }
  }
}
