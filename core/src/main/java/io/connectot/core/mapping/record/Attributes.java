// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.settings.AttributesForm;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.header.ConnectHeaders;

/** The attributes of a device, or of a tag of it, in the forms that records carry them. */
public final class Attributes {
  private static final Schema MAP =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build();

  private final Map<String, String> values;

  private Attributes(Map<String, String> values) {
    this.values = values;
  }

  /** The attributes of a device. */
  public static Attributes of(Map<String, String> device) {
    return new Attributes(new TreeMap<>(device));
  }

  /** The attributes of a tag of a device, which overlay those of the device. */
  public static Attributes of(Map<String, String> device, Map<String, String> tag) {
    Map<String, String> all = new TreeMap<>(device);
    all.putAll(tag);
    return new Attributes(all);
  }

  /** The schema of the column: the same for all forms that do not use it. */
  public static Schema schema(AttributesForm form) {
    return form == AttributesForm.MAP ? MAP : Schema.OPTIONAL_STRING_SCHEMA;
  }

  /** The value of the column; null if there are none, or if they are not in the value. */
  public Object column(AttributesForm form) {
    if (values.isEmpty()) {
      return null;
    }
    return switch (form) {
      case JSON -> JsonText.object(values);
      case MAP -> values;
      case NONE, HEADERS -> null;
    };
  }

  /** Adds them as one header for each. */
  void addAsHeaders(ConnectHeaders headers) {
    values.forEach(
        (name, value) -> headers.addString(RecordHeaders.ATTRIBUTES + "." + name, value));
  }

  /** Adds them as one header in JSON. */
  void addAsJsonHeader(ConnectHeaders headers) {
    if (!values.isEmpty()) {
      headers.addString(RecordHeaders.ATTRIBUTES, JsonText.object(values));
    }
  }
}
