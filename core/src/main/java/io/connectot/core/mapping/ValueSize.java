// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.mapping.record.RecordSize;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How many bytes values take. */
public final class ValueSize {
  /** What a number, a time, a boolean or what encloses values takes at most. */
  private static final int SINGLE = 32;

  /** What a character takes at most in JSON that is text in JSON. */
  private static final int MOST_PER_CHAR = 7;

  private ValueSize() {}

  /** What a value takes at most in a record, known without looking at its characters. */
  public static long atMost(Value value) {
    if (value instanceof DoubleValue || value instanceof LongValue) {
      return SINGLE;
    } else if (value instanceof TextValue text) {
      return (long) MOST_PER_CHAR * text.value().length() + SINGLE;
    } else if (value instanceof BytesValue bytes) {
      return RecordSize.LONGEST.bytes(bytes.value().length);
    } else if (value instanceof ArrayValue array) {
      long size = SINGLE;
      for (Value element : array.elements()) {
        size += atMost(element);
      }
      return size;
    } else if (value instanceof StructValue struct) {
      long size = SINGLE;
      for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
        size += (long) MOST_PER_CHAR * field.getKey().length() + atMost(field.getValue());
      }
      return size;
    } else if (value instanceof BigValue number) {
      return SINGLE + number.value().bitLength() / 2L;
    }
    return value instanceof EnumValue label
        ? (long) MOST_PER_CHAR * label.label().length() + SINGLE
        : SINGLE;
  }

  /** What a value takes in a record. */
  static long inRecord(Value value, RecordSize sizes) {
    if (value instanceof BytesValue bytes) {
      return sizes.of(bytes.value());
    }
    return sizes.of(text(value));
  }

  /** What a value takes by itself. */
  public static long alone(Value value) {
    return value instanceof BytesValue bytes
        ? bytes.value().length
        : text(value).getBytes(StandardCharsets.UTF_8).length;
  }

  private static String text(Value value) {
    if (value instanceof TextValue text) {
      return text.value();
    }
    return value instanceof EnumValue label ? label.label() : JsonText.of(value);
  }
}
