// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The columns that every schema begins with, in the same order, so that records of all kinds join:
 * {@code path}, {@code device}, {@code tag}, {@code protocol}, {@code connector}.
 */
public final class IdentityColumns {
  // The same positions in every schema.
  private static final Schema COLUMNS = addTo(SchemaBuilder.struct()).build();
  private static final Field PATH = UnnamedField.of(COLUMNS, "path");
  private static final Field DEVICE = UnnamedField.of(COLUMNS, "device");
  private static final Field TAG = UnnamedField.of(COLUMNS, "tag");
  private static final Field PROTOCOL = UnnamedField.of(COLUMNS, "protocol");
  private static final Field CONNECTOR = UnnamedField.of(COLUMNS, "connector");

  private IdentityColumns() {}

  /** Adds the columns to a schema that has none yet. */
  public static SchemaBuilder addTo(SchemaBuilder schema) {
    return schema
        .field("path", Schema.STRING_SCHEMA)
        .field("device", Schema.STRING_SCHEMA)
        .field("tag", Schema.OPTIONAL_STRING_SCHEMA)
        .field("protocol", Schema.STRING_SCHEMA)
        .field("connector", Schema.STRING_SCHEMA);
  }

  /** Fills the columns. */
  public static void put(Struct struct, RecordIdentity identity) {
    struct.put(PATH, identity.path());
    struct.put(DEVICE, identity.device());
    if (identity.tag() != null) {
      struct.put(TAG, identity.tag());
    }
    struct.put(PROTOCOL, identity.protocol());
    struct.put(CONNECTOR, identity.connector());
  }
}
