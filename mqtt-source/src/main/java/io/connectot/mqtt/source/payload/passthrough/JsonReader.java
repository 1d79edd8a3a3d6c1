// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as schemaless Connect values: maps, lists, texts, booleans, 64-bit integers and doubles. A
 * whole number beyond 64 bits becomes text with all its digits.
 */
public final class JsonReader implements DocumentReader {
  /** Heap of maps, lists and boxed values per byte of JSON, measured on a 64-bit JVM. */
  private static final int SIZE_PER_BYTE = 4;

  @Override
  public PayloadContent read(JsonNode document, int length) throws PayloadException {
    return new PayloadContent(null, value(document), document, SIZE_PER_BYTE * length);
  }

  private static Object value(JsonNode node) throws PayloadException {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> list(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> null;
    };
  }

  private static Map<String, Object> map(JsonNode node) throws PayloadException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      map.put(field.getKey(), value(field.getValue()));
    }
    return map;
  }

  private static List<Object> list(JsonNode node) throws PayloadException {
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      list.add(value(element));
    }
    return list;
  }

  private static Object number(JsonNode node) throws PayloadException {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong()
          ? (Object) node.longValue()
          : node.bigIntegerValue().toString();
    }
    return JsonDocuments.finite(node);
  }
}
