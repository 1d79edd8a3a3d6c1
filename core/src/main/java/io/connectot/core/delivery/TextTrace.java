// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes copies of values that remember whether they were turned into text, and how long it was:
 * StringConverter writes what {@code toString()} returns. Used by the task's thread and then by
 * that of the producer.
 */
final class TextTrace {
  /** Of the last text, in bytes; -1 before. */
  private volatile int length = -1;

  /** How many bytes the value took as text when it was turned into text last; -1 for never. */
  int length() {
    return length;
  }

  /** A value that is equal in content; the value itself for kinds that are not traced. */
  Object trace(Object value) {
    if (value instanceof Struct struct) {
      return new TracedStruct(struct);
    } else if (value instanceof Map<?, ?> map) {
      return new TracedMap(map);
    } else if (value instanceof List<?> list) {
      return new TracedList(list);
    }
    return value instanceof Date date ? new TracedDate(date) : value;
  }

  private String traced(String text) {
    length = text.getBytes(StandardCharsets.UTF_8).length;
    return text;
  }

  private final class TracedStruct extends Struct {
    TracedStruct(Struct original) {
      super(original.schema());
      for (Field field : original.schema().fields()) {
        Object value = original.getWithoutDefault(field.name());
        if (value != null) {
          put(field, value);
        }
      }
    }

    @Override
    public boolean equals(Object other) {
      return super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }

    @Override
    public String toString() {
      return traced(super.toString());
    }
  }

  private final class TracedMap extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1L;

    TracedMap(Map<?, ?> original) {
      super(original);
    }

    @Override
    public String toString() {
      return traced(super.toString());
    }
  }

  private final class TracedList extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    TracedList(List<?> original) {
      super(original);
    }

    @Override
    public String toString() {
      return traced(super.toString());
    }
  }

  private final class TracedDate extends Date {
    private static final long serialVersionUID = 1L;

    TracedDate(Date original) {
      super(original.getTime());
    }

    @Override
    public String toString() {
      return traced(super.toString());
    }
  }
}
