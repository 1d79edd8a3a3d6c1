// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.mapping.JsonText;
import io.connectot.core.sink.UnwritableRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Connect's data as JSON, in the form of {@link JsonText}. A missing optional value is {@code
 * null}; decimals are numbers; dates, times and timestamps are text in ISO-8601; bytes are text in
 * Base64.
 */
final class ConnectJson {
  /** Deeper data is taken for an attack on the stack. */
  private static final int DEEPEST = 500;

  private final StringBuilder json = new StringBuilder(128);

  private ConnectJson() {}

  /**
   * The JSON of a value.
   *
   * @param schema null when there is none
   * @throws UnwritableRecordException when there is no JSON for it
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
    if (value instanceof String text) {
      JsonText.appendText(json, text);
    } else if (value instanceof Double number) {
      JsonText.appendNumber(json, number, false);
    } else if (value instanceof Float number) {
      JsonText.appendNumber(json, number, true);
    } else if (value instanceof BigDecimal decimal) {
      json.append(ConnectText.decimal(decimal));
    } else if (isWhole(value) || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof Date date) {
      JsonText.appendText(json, ConnectText.date(schema, date));
    } else if (bytes != null) {
      JsonText.appendText(json, Base64.getEncoder().encodeToString(bytes));
    } else {
      throw new UnwritableRecordException(
          "a value of " + value.getClass().getName() + " has no form in JSON");
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger;
  }

  private void appendStruct(Struct struct, int depth) {
    json.append('{');
    boolean first = true;
    for (Field field : struct.schema().fields()) {
      if (!first) {
        json.append(',');
      }
      first = false;
      JsonText.appendText(json, field.name());
      json.append(':');
      append(field.schema(), struct.get(field), depth + 1);
    }
    json.append('}');
  }

  private void appendMap(Schema schema, Map<?, ?> map, int depth) {
    Schema keys = schema == null ? null : schema.keySchema();
    Schema values = schema == null ? null : schema.valueSchema();
    json.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        json.append(',');
      }
      first = false;
      JsonText.appendText(json, key(keys, entry.getKey()));
      json.append(':');
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
      throw new UnwritableRecordException("a map with keys that are no text has no form in JSON");
    }
    return single;
  }

  private void appendList(Schema elements, List<?> list, int depth) {
    json.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      append(elements, list.get(i), depth + 1);
    }
    json.append(']');
  }
}
