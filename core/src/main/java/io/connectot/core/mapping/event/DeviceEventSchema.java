// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.record.Attributes;
import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of an event of a device. */
public final class DeviceEventSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Event";

  /** The schema, unless attributes are a map. */
  public static final Schema SCHEMA = schema(AttributesForm.JSON);

  private static final Schema WITH_MAP = schema(AttributesForm.MAP);

  private DeviceEventSchema() {}

  /** The schema for a form of attributes. */
  public static Schema of(AttributesForm attributes) {
    return attributes == AttributesForm.MAP ? WITH_MAP : SCHEMA;
  }

  private static Schema schema(AttributesForm attributes) {
    return IdentityColumns.addTo(SchemaBuilder.struct())
        .name(NAME)
        .version(1)
        .doc("An event of a device, or a change of the state of one of its alarms.")
        .field("event_time", Timestamp.SCHEMA)
        .field("event_time_ns", Schema.INT64_SCHEMA)
        .field("ingest_time", Timestamp.SCHEMA)
        .field("event_type", Schema.STRING_SCHEMA)
        .field("event_id", Schema.OPTIONAL_STRING_SCHEMA)
        .field("source_name", Schema.STRING_SCHEMA)
        .field("source_id", Schema.STRING_SCHEMA)
        .field("severity", Schema.INT32_SCHEMA)
        .field("message", Schema.OPTIONAL_STRING_SCHEMA)
        .field("condition_id", Schema.OPTIONAL_STRING_SCHEMA)
        .field("condition_name", Schema.OPTIONAL_STRING_SCHEMA)
        .field("branch_id", Schema.OPTIONAL_STRING_SCHEMA)
        .field("retain", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("active", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("acknowledged", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("confirmed", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("suppressed", Schema.OPTIONAL_BOOLEAN_SCHEMA)
        .field("condition_quality", Schema.OPTIONAL_STRING_SCHEMA)
        .field("condition_comment", Schema.OPTIONAL_STRING_SCHEMA)
        .field("is_refresh", Schema.BOOLEAN_SCHEMA)
        .field("attributes", Attributes.schema(attributes))
        .field("fields", Schema.OPTIONAL_STRING_SCHEMA)
        .field("is_historical", Schema.BOOLEAN_SCHEMA)
        .build();
  }

  /**
   * The value of a record.
   *
   * @param identity of the device
   * @param attributes how the record carries the attributes of the device
   */
  public static Struct of(DeviceEvent event, RecordIdentity identity, AttributesForm attributes) {
    Struct struct = new Struct(of(attributes));
    IdentityColumns.put(struct, identity);
    struct
        .put("event_time", new Date(RecordTime.millis(event.timestampNanos())))
        .put("event_time_ns", event.timestampNanos())
        .put("ingest_time", new Date(RecordTime.millis(event.receivedNanos())))
        .put("event_type", event.type())
        .put("event_id", event.id().orElse(null))
        .put("source_name", event.origin().name())
        .put("source_id", event.origin().id())
        .put("severity", event.severity())
        .put("message", event.message().orElse(null))
        .put("is_refresh", event.refresh())
        .put("attributes", Attributes.of(event.device().attributes()).column(attributes))
        .put("fields", event.fields().isEmpty() ? null : JsonText.objectOf(event.fields()))
        .put("is_historical", false);
    event.condition().ifPresent(condition -> put(struct, condition));
    return struct;
  }

  private static void put(Struct struct, Condition condition) {
    struct
        .put("condition_id", condition.id())
        .put("condition_name", condition.name().orElse(null))
        .put("branch_id", condition.branch().orElse(null))
        .put("retain", condition.retain())
        .put("active", condition.active().orElse(null))
        .put("acknowledged", condition.acknowledged().orElse(null))
        .put("confirmed", condition.confirmed().orElse(null))
        .put("suppressed", condition.suppressed().orElse(null))
        .put("condition_quality", condition.quality().orElse(null))
        .put("condition_comment", condition.comment().orElse(null));
  }
}
