// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * What a JSON document looks like without its values, and the schema that follows. Everything is
 * optional, and fields stand in the order of their names, so that documents that differ in nothing
 * else have the same schema. Not changed once made.
 */
sealed interface JsonStructure {

  /** A single value. */
  enum Scalar implements JsonStructure {
    /** No more is known. */
    NULL,
    BOOLEAN,
    LONG,
    DOUBLE,
    /** Text, or the JSON of what has no one type. */
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

  /** An array of alike elements. */
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

  /** A schema for it, made anew. */
  Schema schema();

  /** How many fields and elements it has, in all depths. */
  default int size() {
    return 1;
  }

  /** The shape of a document, or of a part. */
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
   * What holds both; text where nothing else does. May change {@code left}, which nobody else has:
   * making a new one for each of many different elements would take time quadratic in their number.
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
   * A shape for {@code latest} that has all the fields of {@code known} too, and its wider numbers,
   * so that a schema settles instead of swinging with every document. Where a type is another one
   * altogether it is that of {@code latest}: one odd document must not decide about all others.
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
