// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

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

  /** The schema. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(NAME)
          .version(1)
          .doc("A span of time for which values of a device are missing or may be missing.")
          .field("device", Schema.STRING_SCHEMA)
          .field("tag", Schema.OPTIONAL_STRING_SCHEMA)
          .field("from", Timestamp.SCHEMA)
          .field("to", Timestamp.SCHEMA)
          .field("cause", Schema.STRING_SCHEMA)
          .field("missed_scans", Schema.INT64_SCHEMA)
          .field("filled", Schema.BOOLEAN_SCHEMA)
          .build();

  private GapSchema() {}

  static Struct of(Gap gap) {
    return new Struct(SCHEMA)
        .put("device", gap.device().name())
        .put("tag", gap.tag().isPresent() ? gap.tag().get().name() : null)
        .put("from", Date.from(gap.from()))
        .put("to", Date.from(gap.to()))
        .put("cause", gap.cause())
        .put("missed_scans", gap.missedScans())
        .put("filled", gap.filled());
  }
}
