// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Converts JSON to values of a Connect schema. Fields that the schema lacks are ignored. For one
 * thread.
 */
final class JsonValues {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MOST_DIGITS = 400;

  /**
   * A struct allocates every field, so that many small objects with different field names would
   * become much larger.
   */
  private static final int MAX_SLOTS = 1_000_000;

  private final boolean strict;

  /** Number of struct fields of the document so far. */
  private int slots;

  /**
   * @param strict whether text must be a JSON string; otherwise other values become their JSON
   */
  JsonValues(boolean strict) {
    this.strict = strict;
  }

  /**
   * Converts a document.
   *
   * @throws PayloadException when the document does not match the schema
   */
  Object read(Schema schema, JsonNode document) throws PayloadException {
    slots = 0;
    return read(schema, document, "");
  }

  /** Number of struct fields of the last document. */
  int slots() {
    return slots;
  }

  private Object read(Schema schema, JsonNode node, String path) throws PayloadException {
    if (node == null || node.isNull()) {
      if (schema.defaultValue() != null || schema.isOptional()) {
        return schema.defaultValue();
      }
      throw new PayloadException(
          "there is nothing at '"
              + path
              + "', which the schema asks for; correct the schema, or"
              + " the publisher");
    }
    Object value = schema.name() == null ? plain(schema, node, path) : named(schema, node, path);
    if (value == null) {
      throw new PayloadException(
          "'"
              + path
              + "' is "
              + Excerpt.shorten(node.toString())
              + ", not "
              + (schema.name() == null ? schema.type().getName() : schema.name())
              + "; correct the schema, or the publisher");
    }
    return value;
  }

  private Object named(Schema schema, JsonNode node, String path) throws PayloadException {
    return switch (schema.name()) {
      case Timestamp.LOGICAL_NAME ->
          integral(node, Long.MIN_VALUE, Long.MAX_VALUE) instanceof Long millis
              ? new Date(millis)
              : null;
      case org.apache.kafka.connect.data.Date.LOGICAL_NAME ->
          integral(node, Integer.MIN_VALUE, Integer.MAX_VALUE) instanceof Long days
              ? new Date(days * MILLIS_PER_DAY)
              : null;
      case Time.LOGICAL_NAME ->
          integral(node, 0, MILLIS_PER_DAY - 1) instanceof Long millis ? new Date(millis) : null;
      case Decimal.LOGICAL_NAME -> decimal(schema, node);
      default -> plain(schema, node, path);
    };
  }

  private Object plain(Schema schema, JsonNode node, String path) throws PayloadException {
    return switch (schema.type()) {
      case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
      case INT8 ->
          integral(node, Byte.MIN_VALUE, Byte.MAX_VALUE) instanceof Long n ? n.byteValue() : null;
      case INT16 ->
          integral(node, Short.MIN_VALUE, Short.MAX_VALUE) instanceof Long n
              ? n.shortValue()
              : null;
      case INT32 ->
          integral(node, Integer.MIN_VALUE, Integer.MAX_VALUE) instanceof Long n
              ? n.intValue()
              : null;
      case INT64 -> integral(node, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT32 ->
          node.isNumber() && Float.isFinite(node.floatValue()) ? node.floatValue() : null;
      case FLOAT64 -> node.isNumber() ? JsonDocuments.finite(node) : null;
      case STRING -> text(node);
      case BYTES -> bytes(node);
      case ARRAY -> node.isArray() ? list(schema, node, path) : null;
      case MAP -> node.isObject() ? map(schema, node, path) : null;
      case STRUCT -> node.isObject() ? struct(schema, node, path) : null;
    };
  }

  private String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    return strict ? null : node.toString();
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.isTextual() ? Base64.getDecoder().decode(node.textValue()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The number as a Long; null if it is out of bounds or not whole. */
  private static Object integral(JsonNode node, long min, long max) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      return null;
    }
    long number = node.longValue();
    return number >= min && number <= max ? (Object) number : null;
  }

  private static Object decimal(Schema schema, JsonNode node) {
    try {
      BigDecimal number;
      if (node.isNumber()) {
        number = node.decimalValue();
      } else if (node.isTextual() && node.textValue().length() <= MOST_DIGITS) {
        number = new BigDecimal(node.textValue().trim());
      } else {
        return null;
      }
      if (Math.abs((long) number.scale()) > MOST_DIGITS) {
        return null;
      }
      return number.setScale(Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private List<Object> list(Schema schema, JsonNode node, String path) throws PayloadException {
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      list.add(read(schema.valueSchema(), element, path + "/" + list.size()));
    }
    return list;
  }

  private Map<String, Object> map(Schema schema, JsonNode node, String path)
      throws PayloadException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      map.put(
          member.getKey(),
          read(schema.valueSchema(), member.getValue(), path + "/" + member.getKey()));
    }
    return map;
  }

  private Struct struct(Schema schema, JsonNode node, String path) throws PayloadException {
    slots += schema.fields().size();
    if (slots > MAX_SLOTS) {
      throw new PayloadException(
          "the payload becomes structs of more than "
              + MAX_SLOTS
              + " fields; read it with json.schema=none, or split it");
    }
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      struct.put(field, read(field.schema(), node.get(field.name()), path + "/" + field.name()));
    }
    return struct;
  }
}
