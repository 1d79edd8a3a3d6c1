// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The schema of the {@code row} layout: the device's fields, then one optional field per tag name
 * of the connector, then {@code quality}. Immutable.
 */
public final class RowSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Row";

  private static final Schema QUALITIES =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();

  private final Schema schema;
  private final Map<Tag<?>, Column> columns;

  final Field device;
  final Field path;
  final Field protocol;
  final Field timestamp;
  final Field timestampNanos;
  final Field received;
  final Field quality;

  /** Where a tag's value goes. */
  record Column(Field field, ValueType type) {}

  private RowSchema(Schema schema, Map<Tag<?>, Column> columns) {
    this.schema = schema;
    this.columns = columns;
    this.device = schema.field("device");
    this.path = schema.field("path");
    this.protocol = schema.field("protocol");
    this.timestamp = schema.field("timestamp");
    this.timestampNanos = schema.field("timestamp_ns");
    this.received = schema.field("received");
    this.quality = schema.field("quality");
  }

  /**
   * A tag that cannot have a field of its own.
   *
   * @param tag the guilty tag's name
   * @param message what is wrong and what to do
   */
  public record Problem(String tag, String message) {}

  /**
   * The schema for a connector's tags, in their order.
   *
   * @throws IllegalArgumentException when there are {@link #problems}
   */
  public static RowSchema of(Collection<? extends Tag<?>> tags) {
    List<Problem> problems = problems(tags);
    if (!problems.isEmpty()) {
      Problem first = problems.get(0);
      throw new IllegalArgumentException("tags." + first.tag() + ": " + first.message());
    }
    SchemaBuilder builder = fixedFields();
    Map<String, Tag<?>> byField = new LinkedHashMap<>();
    for (Tag<?> tag : tags) {
      byField.putIfAbsent(Names.legal(tag.name()), tag);
    }
    byField.forEach((field, tag) -> builder.field(field, ConnectTypes.schema(tag.type())));
    Schema schema = builder.field("quality", QUALITIES).build();
    Map<Tag<?>, Column> columns = new HashMap<>();
    for (Tag<?> tag : tags) {
      columns.put(tag, new Column(schema.field(Names.legal(tag.name())), tag.type()));
    }
    return new RowSchema(schema, columns);
  }

  /**
   * What keeps tags from having a field each: names that become equal once characters other than
   * letters, digits and {@code _} are replaced, names of the row's own fields, and one name with
   * two types.
   */
  public static List<Problem> problems(Collection<? extends Tag<?>> tags) {
    Schema fixed = fixedFields().field("quality", QUALITIES).build();
    Map<String, Tag<?>> byField = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Tag<?> tag : tags) {
      String field = Names.legal(tag.name());
      Tag<?> other = byField.putIfAbsent(field, tag);
      if (fixed.field(field) != null) {
        problems.add(
            new Problem(
                tag.name(),
                "record.layout=row has a field '" + field + "' of its own, rename the tag"));
      } else if (other != null && !other.name().equals(tag.name())) {
        problems.add(
            new Problem(
                tag.name(),
                "record.layout=row makes field '"
                    + field
                    + "' of it and of tag '"
                    + other.name()
                    + "', rename one"));
      } else if (other != null && other.type() != tag.type()) {
        problems.add(
            new Problem(
                tag.name(),
                "record.layout=row needs one type per tag name, but it is "
                    + other.type().configName()
                    + " and "
                    + tag.type().configName()));
      }
    }
    return problems;
  }

  private static SchemaBuilder fixedFields() {
    return SchemaBuilder.struct()
        .name(NAME)
        .version(1)
        .doc("One scan of an industrial device: a field per tag.")
        .field("device", Schema.STRING_SCHEMA)
        .field("path", Schema.STRING_SCHEMA)
        .field("protocol", Schema.STRING_SCHEMA)
        .field("timestamp", Timestamp.SCHEMA)
        .field("timestamp_ns", Schema.INT64_SCHEMA)
        .field("received", Timestamp.SCHEMA);
  }

  /** The Connect schema. */
  public Schema schema() {
    return schema;
  }

  /** Where a tag's value goes; null for a tag the schema was not made for. */
  Column column(Tag<?> tag) {
    return columns.get(tag);
  }
}
