// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.Attributes;
import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.UnnamedField;
import io.connectot.core.mapping.settings.AttributesForm;
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
 * The schema of the {@code row} layout: the columns of the row, then one optional column per tag
 * name of the connector. Immutable.
 */
public final class RowSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Row";

  private final Schema schema;
  private final Map<Tag<?>, Column> columns;

  final Field eventTime;
  final Field eventTimeNanos;
  final Field ingestTime;
  final Field quality;
  final Field tagQualities;
  final Field attributes;
  final Field isHistorical;

  /** Where a tag's value goes. */
  record Column(Field field, ValueType type) {}

  private RowSchema(Schema schema, Map<Tag<?>, Column> columns) {
    this.schema = schema;
    this.columns = columns;
    this.eventTime = UnnamedField.of(schema, "event_time");
    this.eventTimeNanos = UnnamedField.of(schema, "event_time_ns");
    this.ingestTime = UnnamedField.of(schema, "ingest_time");
    this.quality = UnnamedField.of(schema, "quality");
    this.tagQualities = UnnamedField.of(schema, "tag_qualities");
    this.attributes = UnnamedField.of(schema, "attributes");
    this.isHistorical = UnnamedField.of(schema, "is_historical");
  }

  /**
   * A tag that cannot have a column of its own.
   *
   * @param tag the guilty tag's name
   * @param message what is wrong and what to do
   */
  public record Problem(String tag, String message) {}

  /**
   * The schema for a connector's tags, in their order.
   *
   * @param attributes how rows carry the attributes of their device
   * @throws IllegalArgumentException when there are {@link #problems}
   */
  public static RowSchema of(Collection<? extends Tag<?>> tags, AttributesForm attributes) {
    List<Problem> problems = problems(tags);
    if (!problems.isEmpty()) {
      Problem first = problems.get(0);
      throw new IllegalArgumentException("tags." + first.tag() + ": " + first.message());
    }
    SchemaBuilder builder = fixedColumns(attributes);
    Map<String, Tag<?>> byField = new LinkedHashMap<>();
    for (Tag<?> tag : tags) {
      byField.putIfAbsent(Names.legal(tag.name()), tag);
    }
    byField.forEach((field, tag) -> builder.field(field, ConnectTypes.schema(tag.type())));
    Schema schema = builder.build();
    Map<Tag<?>, Column> columns = new HashMap<>();
    for (Tag<?> tag : tags) {
      columns.put(tag, new Column(UnnamedField.of(schema, Names.legal(tag.name())), tag.type()));
    }
    return new RowSchema(schema, columns);
  }

  /**
   * What keeps tags from having a column each: names that become equal once characters other than
   * letters, digits and {@code _} are replaced, names of the row's own columns, and one name with
   * two types.
   */
  public static List<Problem> problems(Collection<? extends Tag<?>> tags) {
    Schema fixed = fixedColumns(AttributesForm.JSON).build();
    Map<String, Tag<?>> byField = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Tag<?> tag : tags) {
      String field = Names.legal(tag.name());
      Tag<?> other = byField.putIfAbsent(field, tag);
      if (fixed.field(field) != null) {
        problems.add(
            new Problem(
                tag.name(),
                "record.layout=row has a column '" + field + "' of its own, rename the tag"));
      } else if (other != null && !other.name().equals(tag.name())) {
        problems.add(
            new Problem(
                tag.name(),
                "record.layout=row makes column '"
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

  private static SchemaBuilder fixedColumns(AttributesForm attributes) {
    return IdentityColumns.addTo(SchemaBuilder.struct())
        .name(NAME)
        .version(1)
        .doc("One scan of an industrial device: a column per tag.")
        .field("event_time", Timestamp.SCHEMA)
        .field("event_time_ns", Schema.INT64_SCHEMA)
        .field("ingest_time", Timestamp.SCHEMA)
        .field("quality", Schema.STRING_SCHEMA)
        .field("tag_qualities", Schema.OPTIONAL_STRING_SCHEMA)
        .field("attributes", Attributes.schema(attributes))
        .field("is_historical", Schema.BOOLEAN_SCHEMA);
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
