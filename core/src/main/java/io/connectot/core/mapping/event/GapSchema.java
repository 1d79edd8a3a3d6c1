// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.model.Gap;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of a span of time for which values are missing. */
public final class GapSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Gap";

  private static final Schema OPTIONAL_TIMESTAMP = Timestamp.builder().optional().build();

  /** The schema. */
  public static final Schema SCHEMA =
      IdentityColumns.addTo(SchemaBuilder.struct())
          .name(NAME)
          .version(1)
          .doc("A span of time for which values of a device are missing or may be missing.")
          .field("gap_start", OPTIONAL_TIMESTAMP)
          .field("gap_end", Timestamp.SCHEMA)
          .field("cause", Schema.STRING_SCHEMA)
          .field("missed_scans", Schema.OPTIONAL_INT64_SCHEMA)
          .field("filled", Schema.BOOLEAN_SCHEMA)
          .build();

  private GapSchema() {}

  /**
   * The value of a record.
   *
   * @param identity of the tag, or of the device if it concerns all of its tags
   */
  public static Struct of(Gap gap, RecordIdentity identity) {
    Struct struct = new Struct(SCHEMA);
    IdentityColumns.put(struct, identity);
    return struct
        .put("gap_start", gap.from() == null ? null : Date.from(gap.from()))
        .put("gap_end", Date.from(gap.to()))
        .put("cause", gap.cause())
        .put("missed_scans", gap.missedScans().isPresent() ? gap.missedScans().getAsLong() : null)
        .put("filled", gap.filled());
  }
}
