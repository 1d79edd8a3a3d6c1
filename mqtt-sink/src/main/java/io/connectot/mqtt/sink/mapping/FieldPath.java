// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.spi.LineException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/** The path of a field in nested structures and maps. Immutable. */
public final class FieldPath {
  private final String text;
  private final String[] names;

  private FieldPath(String text, String[] names) {
    this.text = text;
    this.names = names;
  }

  /**
   * Parses a path.
   *
   * @param text names separated by dots, the outermost first
   * @throws LineException if a name is empty
   */
  public static FieldPath parse(String text) throws LineException {
    String[] names = text.split("\\.", -1);
    for (String name : names) {
      if (name.isEmpty()) {
        throw new LineException(
            "'" + text + "' is no path: write the names of fields with a dot between them");
      }
    }
    return new FieldPath(text, names);
  }

  /**
   * The value of the field.
   *
   * @return a null value if the field or a structure it is in is null; empty if there is no such
   *     field
   */
  Optional<SchemaAndValue> find(Schema rootSchema, Object root) {
    Schema schema = rootSchema;
    Object value = root;
    for (String name : names) {
      if (value == null) {
        return Optional.of(SchemaAndValue.NULL);
      }
      if (value instanceof Struct struct) {
        Field field = struct.schema().field(name);
        if (field == null) {
          return Optional.empty();
        }
        schema = field.schema();
        value = struct.get(field);
      } else if (value instanceof Map<?, ?> map && map.containsKey(name)) {
        schema = schema == null ? null : schema.valueSchema();
        value = map.get(name);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new SchemaAndValue(schema, value));
  }

  @Override
  public String toString() {
    return text;
  }
}
