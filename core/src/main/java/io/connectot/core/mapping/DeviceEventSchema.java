// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.TextValue;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The record of an event of a device. */
public final class DeviceEventSchema {
  /** The name under which a registry knows it. */
  public static final String NAME = "io.connectot.Event";

  /** The schema. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(NAME)
          .version(1)
          .doc("An event of a device, or a change of the state of one of its alarms.")
          .field("device", Schema.STRING_SCHEMA)
          .field("path", Schema.STRING_SCHEMA)
          .field("protocol", Schema.STRING_SCHEMA)
          .field("type", Schema.STRING_SCHEMA)
          .field("event_id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("source", Schema.STRING_SCHEMA)
          .field("source_id", Schema.STRING_SCHEMA)
          .field("timestamp", Timestamp.SCHEMA)
          .field("timestamp_ns", Schema.INT64_SCHEMA)
          .field("received", Timestamp.SCHEMA)
          .field("severity", Schema.INT32_SCHEMA)
          .field("message", Schema.OPTIONAL_STRING_SCHEMA)
          .field("condition_id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("condition", Schema.OPTIONAL_STRING_SCHEMA)
          .field("branch_id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("retain", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("active", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("acknowledged", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("confirmed", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("suppressed", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("quality", Schema.OPTIONAL_STRING_SCHEMA)
          .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
          .field("refresh", Schema.BOOLEAN_SCHEMA)
          .field(
              "fields",
              SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
          .build();

  private DeviceEventSchema() {}

  static Struct of(DeviceEvent event, String path, String protocol) {
    Struct struct =
        new Struct(SCHEMA)
            .put("device", event.device().name())
            .put("path", path)
            .put("protocol", protocol)
            .put("type", event.type())
            .put("event_id", event.id().orElse(null))
            .put("source", event.origin().name())
            .put("source_id", event.origin().id())
            .put("timestamp", new Date(RecordTime.millis(event.timestampNanos())))
            .put("timestamp_ns", event.timestampNanos())
            .put("received", new Date(RecordTime.millis(event.receivedNanos())))
            .put("severity", event.severity())
            .put("message", event.message().orElse(null))
            .put("refresh", event.refresh())
            .put("fields", event.fields().isEmpty() ? null : texts(event.fields()));
    if (event.condition().isPresent()) {
      Condition condition = event.condition().get();
      struct
          .put("condition_id", condition.id())
          .put("condition", condition.name().orElse(null))
          .put("branch_id", condition.branch().orElse(null))
          .put("retain", condition.retain())
          .put("active", condition.active().orElse(null))
          .put("acknowledged", condition.acknowledged().orElse(null))
          .put("confirmed", condition.confirmed().orElse(null))
          .put("suppressed", condition.suppressed().orElse(null))
          .put("quality", condition.quality().orElse(null))
          .put("comment", condition.comment().orElse(null));
    }
    return struct;
  }

  /** Text as it is, everything else as JSON. */
  private static Map<String, String> texts(Map<String, Value> fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.forEach(
        (name, value) ->
            texts.put(name, value instanceof TextValue t ? t.value() : JsonText.of(value)));
    return texts;
  }
}
