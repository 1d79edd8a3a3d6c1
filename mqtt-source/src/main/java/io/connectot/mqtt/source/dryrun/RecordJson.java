// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Shows Connect data as JSON: times as milliseconds, bytes as Base64. */
final class RecordJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RecordJson() {}

  /** The JSON of a value. */
  static JsonNode of(Object value) {
    if (value instanceof Struct struct) {
      ObjectNode object = JSON.objectNode();
      for (Field field : struct.schema().fields()) {
        object.set(field.name(), of(struct.get(field)));
      }
      return object;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((key, one) -> object.set(String.valueOf(key), of(one)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode();
      list.forEach(one -> array.add(of(one)));
      return array;
    }
    return single(value);
  }

  private static JsonNode single(Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    if (value instanceof Double || value instanceof Float) {
      return JSON.numberNode(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return JSON.numberNode(decimal);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.longValue());
    }
    if (value instanceof Date date) {
      return JSON.numberNode(date.getTime());
    }
    return value instanceof byte[] bytes
        ? JSON.binaryNode(bytes)
        : JSON.textNode(String.valueOf(value));
  }
}
