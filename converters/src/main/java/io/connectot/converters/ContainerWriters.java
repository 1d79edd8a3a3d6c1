// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.Collection;
import java.util.Map;

/** Writers of arrays and maps that have a schema. */
final class ContainerWriters {
  private ContainerWriters() {}

  /** Returns a writer of collections as JSON arrays. */
  static ValueWriter array(NullableWriter elements) {
    return (value, out) -> {
      char before = '[';
      for (Object element : (Collection<?>) value) {
        out.writeRaw(before);
        before = ',';
        elements.write(element, out);
      }
      end(before, '[', ']', out);
    };
  }

  /** Returns a writer of maps with strings as keys as JSON objects. */
  static ValueWriter object(NullableWriter values) {
    return (value, out) -> {
      char before = '{';
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          // Other character sequences, and null, can have the same text as another key.
          throw new UnsupportedValueException();
        }
        out.writeRaw(before);
        before = ',';
        out.write(key);
        out.writeRaw(':');
        values.write(entry.getValue(), out);
      }
      end(before, '{', '}', out);
    };
  }

  /** Returns a writer of maps as JSON arrays of arrays with a key and a value. */
  static ValueWriter entries(NullableWriter keys, NullableWriter values) {
    return (value, out) -> {
      char before = '[';
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.writeRaw(before);
        before = ',';
        out.writeRaw('[');
        keys.write(entry.getKey(), out);
        out.writeRaw(',');
        values.write(entry.getValue(), out);
        out.writeRaw(']');
      }
      end(before, '[', ']', out);
    };
  }

  /** Writes the end of a container, and its start if nothing is in it. */
  static void end(char before, char start, char end, JsonOutput out) {
    if (before == start) {
      out.writeRaw(start);
    }
    out.writeRaw(end);
  }
}
