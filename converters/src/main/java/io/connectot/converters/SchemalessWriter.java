// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.List;
import java.util.Map;

/** Writes values that have no schema by their Java class. */
final class SchemalessWriter {
  /** Values nested deeper are left to Kafka's converter, which limits the depth. */
  static final int MAX_DEPTH = 200;

  private SchemalessWriter() {}

  static void write(Object value, JsonOutput out) {
    write(value, out, 0);
  }

  private static void write(Object value, JsonOutput out, int depth) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.write(text);
    } else if (value instanceof Double number) {
      out.write(number.doubleValue());
    } else if (value instanceof Float number) {
      out.write(number.floatValue());
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      out.write(((Number) value).longValue());
    } else if (value instanceof Boolean bool) {
      out.write(bool.booleanValue());
    } else if (value instanceof byte[] bytes) {
      out.writeBase64(bytes);
    } else if (depth == MAX_DEPTH) {
      throw new UnsupportedValueException();
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out, depth + 1);
    } else if (value instanceof List<?> list) {
      writeList(list, out, depth + 1);
    } else {
      throw new UnsupportedValueException();
    }
  }

  private static void writeList(List<?> list, JsonOutput out, int depth) {
    char before = '[';
    for (Object element : list) {
      out.writeRaw(before);
      before = ',';
      write(element, out, depth);
    }
    ContainerWriters.end(before, '[', ']', out);
  }

  private static void writeMap(Map<?, ?> map, JsonOutput out, int depth) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        writeEntries(map, out, depth);
        return;
      }
    }
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.writeRaw(before);
      before = ',';
      out.write((String) entry.getKey());
      out.writeRaw(':');
      write(entry.getValue(), out, depth);
    }
    ContainerWriters.end(before, '{', '}', out);
  }

  private static void writeEntries(Map<?, ?> map, JsonOutput out, int depth) {
    char before = '[';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.writeRaw(before);
      before = ',';
      out.writeRaw('[');
      write(entry.getKey(), out, depth + 1);
      out.writeRaw(',');
      write(entry.getValue(), out, depth + 1);
      out.writeRaw(']');
    }
    ContainerWriters.end(before, '[', ']', out);
  }
}
