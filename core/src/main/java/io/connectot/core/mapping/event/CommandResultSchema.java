// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Value;
import java.time.Instant;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of what became of a command. */
public final class CommandResultSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.CommandResult";

  /** A result must not be larger than Kafka takes, whatever the command asks for. */
  private static final int LONGEST = 10_000;

  private static final Schema OPTIONAL_TIMESTAMP = Timestamp.builder().optional().build();

  /** The schema. */
  public static final Schema SCHEMA =
      IdentityColumns.addTo(SchemaBuilder.struct())
          .name(NAME)
          .version(1)
          .doc("What became of the command to write one tag.")
          .field("command_id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("command_topic", Schema.STRING_SCHEMA)
          .field("command_partition", Schema.INT32_SCHEMA)
          .field("command_offset", Schema.INT64_SCHEMA)
          .field("command_time", OPTIONAL_TIMESTAMP)
          .field("state", Schema.STRING_SCHEMA)
          .field("is_verified", Schema.BOOLEAN_SCHEMA)
          .field("status", Schema.OPTIONAL_STRING_SCHEMA)
          .field("cause", Schema.OPTIONAL_STRING_SCHEMA)
          .field("asked_value", Schema.OPTIONAL_STRING_SCHEMA)
          .field("read_value", Schema.OPTIONAL_STRING_SCHEMA)
          .field("attempts", Schema.INT32_SCHEMA)
          .field("started_time", OPTIONAL_TIMESTAMP)
          .field("finished_time", Timestamp.SCHEMA)
          .build();

  private CommandResultSchema() {}

  public static Struct of(CommandResult result, RecordIdentity identity) {
    Struct struct = new Struct(SCHEMA);
    IdentityColumns.put(struct, identity);
    return struct
        .put("command_id", result.origin().id())
        .put("command_topic", result.origin().topic())
        .put("command_partition", result.origin().partition())
        .put("command_offset", result.origin().offset())
        .put("command_time", date(result.origin().time()))
        .put("state", result.state().name())
        .put("is_verified", result.verified())
        .put("status", result.status())
        .put("cause", result.cause())
        .put("asked_value", json(result.asked()))
        .put("read_value", json(result.read()))
        .put("attempts", result.attempts())
        .put("started_time", date(result.started()))
        .put("finished_time", date(result.finished()));
  }

  private static Date date(Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static String json(Value value) {
    String text = value == null ? null : JsonText.of(value);
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
