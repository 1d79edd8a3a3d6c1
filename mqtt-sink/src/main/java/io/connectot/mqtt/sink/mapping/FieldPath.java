// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/** The path of a field in nested structures and maps. Immutable. */
public final class FieldPath {
  private static final char QUOTE = '`';

  private final String text;
  private final List<String> names;

  private FieldPath(String text, List<String> names) {
    this.text = text;
    this.names = List.copyOf(names);
  }

  /**
   * Parses a path.
   *
   * @param text names separated by dots, the outermost first; a name that contains a dot is between
   *     backticks, or has a backslash before the dot
   * @throws LineException if a name is empty
   */
  public static FieldPath parse(String text) throws LineException {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && ".`\\".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
        name.append(text.charAt(i));
      } else if (c == QUOTE && (quoted || name.isEmpty())) {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    if (quoted || names.contains("")) {
      throw new LineException(
          "'"
              + text
              + "' is not a path: write the names of fields with a dot between them, and a name"
              + " that contains a dot between backticks: `a.b`.c");
    }
    return new FieldPath(text, names);
  }

  /**
   * The value of the field. The fields of a text or bytes are those of the JSON object in it.
   *
   * @return a null value if the field or a structure it is in is null; empty if there is no such
   *     field
   */
  Optional<SchemaAndValue> find(Schema rootSchema, Object root) {
    Schema schema = rootSchema;
    Map<?, ?> json = JsonFields.of(root);
    Object value = json == null ? root : json;
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
        schema = schema == null || json != null ? null : schema.valueSchema();
        value = map.get(name);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new SchemaAndValue(json == null ? schema : null, value));
  }

  @Override
  public String toString() {
    return text;
  }
}
