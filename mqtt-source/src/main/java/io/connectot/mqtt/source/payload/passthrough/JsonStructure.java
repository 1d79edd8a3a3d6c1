// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The structure of a JSON document and the schema inferred from it. Everything is optional, and
 * fields are sorted by name, so that equivalent documents have the same schema. Immutable once
 * published.
 */
sealed interface JsonStructure {

  /** A scalar. */
  enum Scalar implements JsonStructure {
    /** Unknown so far. */
    NULL,
    BOOLEAN,
    LONG,
    DOUBLE,
    /** Text, or the JSON of values of mixed types. */
    TEXT;

    @Override
    public Schema schema() {
      return switch (this) {
        case NULL, TEXT -> Schema.OPTIONAL_STRING_SCHEMA;
        case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
        case LONG -> Schema.OPTIONAL_INT64_SCHEMA;
        case DOUBLE -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      };
    }
  }

  /** An array. */
  record Array(JsonStructure element) implements JsonStructure {
    @Override
    public Schema schema() {
      return SchemaBuilder.array(element.schema()).optional().build();
    }

    @Override
    public int size() {
      return 1 + element.size();
    }
  }

  /** An object. */
  record Struct(SortedMap<String, JsonStructure> fields) implements JsonStructure {
    @Override
    public Schema schema() {
      SchemaBuilder builder = SchemaBuilder.struct().optional();
      fields.forEach((name, shape) -> builder.field(name, shape.schema()));
      return builder.build();
    }

    @Override
    public int size() {
      return 1 + fields.values().stream().mapToInt(JsonStructure::size).sum();
    }
  }

  /** Creates the schema. */
  Schema schema();

  /** Number of fields and elements at all depths. */
  default int size() {
    return 1;
  }

  /** The structure of a document or a part. */
  static JsonStructure of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> ofObject(node);
      case ARRAY -> ofArray(node);
      case BOOLEAN -> Scalar.BOOLEAN;
      case NUMBER ->
          node.isIntegralNumber()
              ? node.canConvertToLong() ? Scalar.LONG : Scalar.TEXT
              : Scalar.DOUBLE;
      case STRING -> Scalar.TEXT;
      default -> Scalar.NULL;
    };
  }

  private static JsonStructure ofObject(JsonNode node) {
    SortedMap<String, JsonStructure> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.put(field.getKey(), of(field.getValue()));
    }
    return new Struct(fields);
  }

  private static JsonStructure ofArray(JsonNode node) {
    JsonStructure element = Scalar.NULL;
    for (JsonNode each : node) {
      element = merge(element, of(each));
    }
    return new Array(element);
  }

  /**
   * The common structure of two array elements; text if there is none. May modify {@code left},
   * which is not shared: copying it for each of many elements would take quadratic time.
   */
  private static JsonStructure merge(JsonStructure left, JsonStructure right) {
    if (left.equals(right) || right == Scalar.NULL) {
      return left;
    }
    if (left == Scalar.NULL) {
      return right;
    }
    if (left instanceof Array a && right instanceof Array b) {
      return new Array(merge(a.element, b.element));
    }
    if (left instanceof Struct a && right instanceof Struct b) {
      b.fields.forEach((name, shape) -> a.fields.merge(name, shape, JsonStructure::merge));
      return left;
    }
    boolean numbers = isNumber(left) && isNumber(right);
    return numbers ? Scalar.DOUBLE : Scalar.TEXT;
  }

  /**
   * The structure of {@code latest} with all fields and the wider numbers of {@code known}, so that
   * the schema settles. Where the types are incompatible, {@code latest} wins: one odd document
   * must not decide for all others.
   */
  static JsonStructure widen(JsonStructure known, JsonStructure latest) {
    if (known == latest || latest == Scalar.NULL) {
      return known;
    }
    if (known instanceof Array a && latest instanceof Array b) {
      return new Array(widen(a.element, b.element));
    }
    if (known instanceof Struct a && latest instanceof Struct b) {
      SortedMap<String, JsonStructure> fields = new TreeMap<>(a.fields);
      b.fields.forEach((name, shape) -> fields.merge(name, shape, JsonStructure::widen));
      return new Struct(fields);
    }
    return known == Scalar.DOUBLE && latest == Scalar.LONG ? known : latest;
  }

  private static boolean isNumber(JsonStructure shape) {
    return shape == Scalar.LONG || shape == Scalar.DOUBLE;
  }
}
