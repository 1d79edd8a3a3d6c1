// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.sink.UnwritableRecordException;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes Connect data as JSON, in the form of {@link JsonText}: missing optional values as {@code
 * null}, decimals as numbers, dates, times and timestamps as ISO-8601 text, bytes as Base64 text.
 */
final class ConnectJson {
  /** Limit that keeps nested data from overflowing the stack. */
  private static final int DEEPEST = 500;

  private final StringBuilder json = new StringBuilder(128);

  private ConnectJson() {}

  /**
   * The JSON of a value.
   *
   * @param schema null if there is none
   * @throws UnwritableRecordException if it cannot be written as JSON
   */
  static String of(Schema schema, Object value) {
    ConnectJson writer = new ConnectJson();
    writer.append(schema, value, 0);
    return writer.json.toString();
  }

  private void append(Schema schema, Object value, int depth) {
    if (depth > DEEPEST) {
      throw new UnwritableRecordException("the value is nested deeper than " + DEEPEST + " levels");
    }
    if (value == null) {
      json.append("null");
    } else if (value instanceof Struct struct) {
      appendStruct(struct, depth);
    } else if (value instanceof Map<?, ?> map) {
      appendMap(schema, map, depth);
    } else if (value instanceof List<?> list) {
      appendList(schema == null ? null : schema.valueSchema(), list, depth);
    } else {
      appendSingle(schema, value);
    }
  }

  private void appendSingle(Schema schema, Object value) {
    byte[] bytes = ConnectText.bytes(value);
    String single = ConnectText.single(schema, value);
    if (value instanceof String text) {
      JsonText.appendText(json, text);
    } else if (isNotFinite(value)) {
      JsonText.appendText(json, single);
    } else if (bytes != null) {
      JsonText.appendText(json, Base64.getEncoder().encodeToString(bytes));
    } else if (single == null) {
      throw new UnwritableRecordException(
          "a value of " + value.getClass().getName() + " cannot be written as JSON");
    } else if (value instanceof Date) {
      JsonText.appendText(json, single);
    } else {
      json.append(single);
    }
  }

  /** NaN and infinities, which JSON has no numbers for. */
  private static boolean isNotFinite(Object value) {
    return (value instanceof Double || value instanceof Float)
        && !Double.isFinite(((Number) value).doubleValue());
  }

  private void appendStruct(Struct struct, int depth) {
    json.append('{');
    for (Field field : struct.schema().fields()) {
      appendName(field.name());
      append(field.schema(), struct.get(field), depth + 1);
    }
    json.append('}');
  }

  private void appendMap(Schema schema, Map<?, ?> map, int depth) {
    Schema keys = schema == null ? null : schema.keySchema();
    Schema values = schema == null ? null : schema.valueSchema();
    json.append('{');
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      appendName(key(keys, entry.getKey()));
      append(values, entry.getValue(), depth + 1);
    }
    json.append('}');
  }

  private static String key(Schema schema, Object key) {
    if (key instanceof String text) {
      return text;
    }
    String single = key == null ? null : ConnectText.single(schema, key);
    if (single == null) {
      throw new UnwritableRecordException(
          "a map whose keys are not text cannot be written as JSON");
    }
    return single;
  }

  private void appendName(String name) {
    separate('{');
    JsonText.appendText(json, name);
    json.append(':');
  }

  private void appendList(Schema elements, List<?> list, int depth) {
    json.append('[');
    for (Object element : list) {
      separate('[');
      append(elements, element, depth + 1);
    }
    json.append(']');
  }

  /** Appends a comma unless the structure was just opened. */
  private void separate(char open) {
    if (json.charAt(json.length() - 1) != open) {
      json.append(',');
    }
  }
}
