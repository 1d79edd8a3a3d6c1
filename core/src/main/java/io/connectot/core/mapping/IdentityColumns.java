// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The columns that every schema begins with, in the same order, so that records of all kinds join:
 * {@code path}, {@code device}, {@code tag}, {@code protocol}, {@code connector}.
 */
final class IdentityColumns {
  // The same positions in every schema.
  private static final Schema COLUMNS = addTo(SchemaBuilder.struct()).build();
  private static final Field PATH = COLUMNS.field("path");
  private static final Field DEVICE = COLUMNS.field("device");
  private static final Field TAG = COLUMNS.field("tag");
  private static final Field PROTOCOL = COLUMNS.field("protocol");
  private static final Field CONNECTOR = COLUMNS.field("connector");

  private IdentityColumns() {}

  /** Adds the columns to a schema that has none yet. */
  static SchemaBuilder addTo(SchemaBuilder schema) {
    return schema
        .field("path", Schema.STRING_SCHEMA)
        .field("device", Schema.STRING_SCHEMA)
        .field("tag", Schema.OPTIONAL_STRING_SCHEMA)
        .field("protocol", Schema.STRING_SCHEMA)
        .field("connector", Schema.STRING_SCHEMA);
  }

  /** Fills the columns. */
  static void put(Struct struct, RecordIdentity identity) {
    struct.put(PATH, identity.path());
    struct.put(DEVICE, identity.device());
    if (identity.tag() != null) {
      struct.put(TAG, identity.tag());
    }
    struct.put(PROTOCOL, identity.protocol());
    struct.put(CONNECTOR, identity.connector());
  }
}
