// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;

/** The writers of the schemas used last. Thread-safe. */
final class SchemaWriters {
  private final SchemaCompiler compiler;
  private final Map<Schema, Optional<NullableWriter>> writers;

  /** Consecutive records mostly have the same schema. */
  private volatile Last last;

  /**
   * Creates a cache.
   *
   * @param capacity the maximum number of schemas
   */
  SchemaWriters(SchemaCompiler compiler, int capacity) {
    this.compiler = compiler;
    this.writers =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Schema, Optional<NullableWriter>> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * Returns the writer of a schema.
   *
   * @throws UnsupportedValueException if Kafka's converter has to convert values of the schema
   */
  NullableWriter of(Schema schema) {
    Last known = last;
    if (known != null && known.schema == schema) {
      return known.writer;
    }
    NullableWriter writer = lookUp(schema).orElseThrow(UnsupportedValueException::new);
    last = new Last(schema, writer);
    return writer;
  }

  private Optional<NullableWriter> lookUp(Schema schema) {
    if (!(schema instanceof ConnectSchema)) {
      // A builder can change after this call.
      return Optional.empty();
    }
    synchronized (writers) {
      return writers.computeIfAbsent(schema, this::compile);
    }
  }

  private Optional<NullableWriter> compile(Schema schema) {
    try {
      return Optional.of(compiler.compile(schema));
    } catch (UnsupportedValueException e) {
      return Optional.empty();
    }
  }

  /** The schema used last, compared by identity. */
  private record Last(Schema schema, NullableWriter writer) {}
}
