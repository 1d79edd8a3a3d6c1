// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.tag;

import io.connectot.core.mapping.event.CommandResultSchema;
import io.connectot.core.mapping.event.DeviceEventSchema;
import io.connectot.core.mapping.event.DeviceStatusSchema;
import io.connectot.core.mapping.event.GapSchema;
import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** All schemas of records in all variants, by the names of their files. */
final class SchemaCatalog {
  private SchemaCatalog() {}

  static Map<String, Schema> all() {
    Map<String, Schema> all = new LinkedHashMap<>();
    all.put("measurement", MeasurementSchema.of(AttributesForm.JSON));
    all.put("measurement-attributes-map", MeasurementSchema.of(AttributesForm.MAP));
    all.put("row", row(AttributesForm.JSON));
    all.put("row-attributes-map", row(AttributesForm.MAP));
    all.put("device-status", DeviceStatusSchema.SCHEMA);
    all.put("gap", GapSchema.SCHEMA);
    all.put("command-result", CommandResultSchema.SCHEMA);
    all.put("event", DeviceEventSchema.of(AttributesForm.JSON));
    all.put("event-attributes-map", DeviceEventSchema.of(AttributesForm.MAP));
    return all;
  }

  /** A row with a tag of every type. */
  static Schema row(AttributesForm attributes) {
    return RowSchema.of(tags(), attributes).schema();
  }

  static List<Tag<String>> tags() {
    List<Tag<String>> tags = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      tags.add(tag("tag_" + type.configName(), type));
    }
    return tags;
  }
}
