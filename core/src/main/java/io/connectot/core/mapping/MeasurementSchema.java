// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.Attributes;
import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.UnnamedField;
import io.connectot.core.mapping.settings.AttributesForm;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The normalized record: one schema for every protocol. Columns are only ever added, as optional
 * ones, and raise the version.
 */
public final class MeasurementSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Measurement";

  /** The schema, unless attributes are a map. */
  public static final Schema SCHEMA = schema(AttributesForm.JSON);

  private static final Schema WITH_MAP = schema(AttributesForm.MAP);

  // The same positions and types in both schemas.
  static final Field EVENT_TIME = UnnamedField.of(SCHEMA, "event_time");
  static final Field EVENT_TIME_NS = UnnamedField.of(SCHEMA, "event_time_ns");
  static final Field INGEST_TIME = UnnamedField.of(SCHEMA, "ingest_time");
  static final Field TYPE = UnnamedField.of(SCHEMA, "type");
  static final Field VALUE_BOOLEAN = UnnamedField.of(SCHEMA, "value_boolean");
  static final Field VALUE_LONG = UnnamedField.of(SCHEMA, "value_long");
  static final Field VALUE_DOUBLE = UnnamedField.of(SCHEMA, "value_double");
  static final Field VALUE_STRING = UnnamedField.of(SCHEMA, "value_string");
  static final Field VALUE_BYTES = UnnamedField.of(SCHEMA, "value_bytes");
  static final Field QUALITY = UnnamedField.of(SCHEMA, "quality");
  static final Field STATUS = UnnamedField.of(SCHEMA, "status");
  static final Field UNIT = UnnamedField.of(SCHEMA, "unit");
  static final Field IS_HISTORICAL = UnnamedField.of(SCHEMA, "is_historical");

  private MeasurementSchema() {}

  /** The schema for a form of attributes. */
  public static Schema of(AttributesForm attributes) {
    return attributes == AttributesForm.MAP ? WITH_MAP : SCHEMA;
  }

  private static Schema schema(AttributesForm attributes) {
    return IdentityColumns.addTo(SchemaBuilder.struct())
        .name(NAME)
        .version(1)
        .doc("One value of one tag of an industrial device, whatever its protocol.")
        .field("event_time", Timestamp.SCHEMA)
        .field("event_time_ns", Schema.INT64_SCHEMA)
        .field("ingest_time", Timestamp.SCHEMA)
        .field("type", Schema.STRING_SCHEMA)
        .field("value_boolean", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("value_long", Schema.OPTIONAL_INT64_SCHEMA)
        .field("value_double", Schema.OPTIONAL_FLOAT64_SCHEMA)
        .field("value_string", Schema.OPTIONAL_STRING_SCHEMA)
        .field("value_bytes", Schema.OPTIONAL_BYTES_SCHEMA)
        .field("quality", Schema.STRING_SCHEMA)
        .field("status", Schema.OPTIONAL_STRING_SCHEMA)
        .field("unit", Schema.OPTIONAL_STRING_SCHEMA)
        .field("attributes", Attributes.schema(attributes))
        .field("is_historical", Schema.BOOLEAN_SCHEMA)
        .build();
  }
}
