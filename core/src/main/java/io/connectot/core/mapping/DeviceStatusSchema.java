// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.DeviceStatus;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of a change of the state of a device. */
public final class DeviceStatusSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.DeviceStatus";

  /** The schema. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(NAME)
          .version(1)
          .doc("A device changed its state.")
          .field("device", Schema.STRING_SCHEMA)
          .field("state", Schema.STRING_SCHEMA)
          .field("since", Timestamp.SCHEMA)
          .field("cause", Schema.OPTIONAL_STRING_SCHEMA)
          .field("endpoint", Schema.STRING_SCHEMA)
          .build();

  private DeviceStatusSchema() {}

  static Struct of(DeviceStatus status) {
    String cause = status.cause();
    return new Struct(SCHEMA)
        .put("device", status.device().name())
        .put("state", status.state().name())
        .put("since", Date.from(status.since()))
        .put("cause", cause == null || cause.isEmpty() ? null : cause)
        .put("endpoint", status.endpoint());
  }
}
