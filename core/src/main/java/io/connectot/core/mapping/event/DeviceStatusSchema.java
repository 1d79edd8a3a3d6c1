// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.model.DeviceStatus;
import java.time.Instant;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of the state of a device. */
public final class DeviceStatusSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.DeviceStatus";

  /** The schema. */
  public static final Schema SCHEMA =
      IdentityColumns.addTo(SchemaBuilder.struct())
          .name(NAME)
          .version(1)
          .doc("The state of a device, known until valid_until.")
          .field("state", Schema.STRING_SCHEMA)
          .field("since", Timestamp.SCHEMA)
          .field("cause", Schema.OPTIONAL_STRING_SCHEMA)
          .field("endpoint", Schema.STRING_SCHEMA)
          .field("valid_until", Timestamp.SCHEMA)
          .build();

  private DeviceStatusSchema() {}

  /**
   * The value of a record.
   *
   * @param identity of the device
   * @param validUntil until when the state may be believed without another record
   */
  public static Struct of(DeviceStatus status, RecordIdentity identity, Instant validUntil) {
    String cause = status.cause();
    Struct struct = new Struct(SCHEMA);
    IdentityColumns.put(struct, identity);
    return struct
        .put("state", status.state().name())
        .put("since", Date.from(status.since()))
        .put("cause", cause == null || cause.isEmpty() ? null : cause)
        .put("endpoint", status.endpoint())
        .put("valid_until", Date.from(validUntil));
  }
}
