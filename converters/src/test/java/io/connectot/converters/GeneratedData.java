// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Schemas and values of every kind, also values that do not fit. */
final class GeneratedData {
  private static final long DAY_MS = 86_400_000;
  private static final int PRIMITIVES = 13;

  private final Choices choices;

  GeneratedData(Choices choices) {
    this.choices = choices;
  }

  Schema schema(int depth) {
    SchemaBuilder builder = builder(depth);
    if (choices.oneIn(2)) {
      builder.optional();
    }
    if (builder.type() != Schema.Type.STRUCT && choices.oneIn(4)) {
      builder.defaultValue(valid(builder.build(), 0));
    }
    return builder.build();
  }

  private SchemaBuilder builder(int depth) {
    int kind = choices.below(depth > 0 ? PRIMITIVES + 5 : PRIMITIVES);
    return switch (kind) {
      case 0 -> SchemaBuilder.int8();
      case 1 -> SchemaBuilder.int16();
      case 2 -> SchemaBuilder.int32();
      case 3 -> SchemaBuilder.int64();
      case 4 -> SchemaBuilder.float32();
      case 5 -> SchemaBuilder.float64();
      case 6 -> SchemaBuilder.bool();
      case 7 -> choices.oneIn(4) ? SchemaBuilder.string().name("named") : SchemaBuilder.string();
      case 8 -> SchemaBuilder.bytes();
      case 9 -> Date.builder();
      case 10 -> Time.builder();
      case 11 -> Timestamp.builder();
      case 12 -> Decimal.builder(choices.below(6) - 1);
      case 13 -> SchemaBuilder.array(schema(depth - 1));
      case 14 -> SchemaBuilder.map(schema(0), schema(depth - 1));
      case 15 -> SchemaBuilder.map(Schema.STRING_SCHEMA, schema(depth - 1));
      default -> struct(depth);
    };
  }

  private SchemaBuilder struct(int depth) {
    SchemaBuilder builder = SchemaBuilder.struct().name("s" + choices.below(3));
    int fields = choices.below(6);
    for (int i = 0; i < fields; i++) {
      builder.field(i + choices.text(), schema(depth - 1));
    }
    return builder;
  }

  /** Returns a value that can miss required parts or be of another type. */
  Object value(Schema schema, int depth) {
    if (choices.oneIn(20)) {
      return valid(schema(depth), depth);
    }
    return valid(schema, depth);
  }

  private Object valid(Schema schema, int depth) {
    if (schema.isOptional() && choices.oneIn(4)) {
      return null;
    }
    Object logical = schema.name() == null ? null : logical(schema);
    if (logical != null) {
      return logical;
    }
    return switch (schema.type()) {
      case INT8 -> (byte) choices.anyLong();
      case INT16 -> (short) choices.anyLong();
      case INT32 -> (int) choices.anyLong();
      case INT64 -> choices.anyLong();
      case FLOAT32 -> (float) choices.anyDouble();
      case FLOAT64 -> choices.anyDouble();
      case BOOLEAN -> choices.oneIn(2);
      case STRING -> choices.text();
      case BYTES -> choices.oneIn(2) ? choices.bytes() : ByteBuffer.wrap(choices.bytes());
      case ARRAY -> list(schema.valueSchema(), depth);
      case MAP -> map(schema, depth);
      case STRUCT -> struct(schema, depth);
    };
  }

  private Object logical(Schema schema) {
    return switch (schema.name()) {
      case Date.LOGICAL_NAME -> new java.util.Date(DAY_MS * (choices.below(40_000) - 10_000));
      case Time.LOGICAL_NAME -> new java.util.Date(choices.below((int) DAY_MS));
      case Timestamp.LOGICAL_NAME -> new java.util.Date(choices.anyLong());
      case Decimal.LOGICAL_NAME ->
          new BigDecimal(
              BigInteger.valueOf(choices.anyLong()).pow(2),
              Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
      default -> null;
    };
  }

  private List<Object> list(Schema elements, int depth) {
    List<Object> list = new ArrayList<>();
    int size = choices.below(4);
    for (int i = 0; i < size; i++) {
      list.add(depth > 0 ? value(elements, depth) : valid(elements, 0));
    }
    return list;
  }

  /**
   * Returns a map in the order of its keys: schemas are equal whose defaults are equal maps, and so
   * are written in the order of one of them.
   */
  private Map<Object, Object> map(Schema schema, int depth) {
    Map<Object, Object> map = new TreeMap<>(Comparator.comparing(String::valueOf));
    int size = choices.below(4);
    for (int i = 0; i < size; i++) {
      map.put(valid(schema.keySchema(), 0), valid(schema.valueSchema(), depth));
    }
    return new LinkedHashMap<>(map);
  }

  /**
   * Returns a struct in which required fields can be missing, unless it is part of another struct.
   */
  private Struct struct(Schema schema, int depth) {
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      boolean missing = depth > 0 && choices.oneIn(30);
      if (!missing) {
        struct.put(field, valid(field.schema(), 0));
      }
    }
    return struct;
  }

  /** Returns a value for a record without a schema. */
  Object schemaless(int depth) {
    return switch (choices.below(depth > 0 ? 15 : 11)) {
      case 0 -> null;
      case 1 -> (byte) choices.anyLong();
      case 2 -> (short) choices.anyLong();
      case 3 -> (int) choices.anyLong();
      case 4 -> choices.anyLong();
      case 5 -> (float) choices.anyDouble();
      case 6 -> choices.anyDouble();
      case 7 -> choices.oneIn(2);
      case 8 -> choices.text();
      case 9 -> choices.oneIn(2) ? choices.bytes() : ByteBuffer.wrap(choices.bytes());
      case 10 -> choices.oneIn(8) ? new java.util.Date(0) : choices.text();
      case 11, 12 -> schemalessList(depth);
      default -> schemalessMap(depth);
    };
  }

  private List<Object> schemalessList(int depth) {
    List<Object> list = new ArrayList<>();
    int size = choices.below(4);
    for (int i = 0; i < size; i++) {
      list.add(schemaless(depth - 1));
    }
    return list;
  }

  private Map<Object, Object> schemalessMap(int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    int size = choices.below(4);
    boolean anyKey = choices.oneIn(3);
    for (int i = 0; i < size; i++) {
      map.put(anyKey ? schemaless(0) : choices.text(), schemaless(depth - 1));
    }
    return map;
  }
}
