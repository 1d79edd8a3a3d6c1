// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;

/** Says, for messages, what a record came from. */
final class RecordSource {
  private static final String MQTT_TOPIC = "mqtt.topic";

  private RecordSource() {}

  /** The MQTT topic, or the device and tag, or the key. */
  static String describe(SourceRecord made) {
    String topic = header(made, MQTT_TOPIC);
    if (topic != null) {
      return "MQTT topic " + topic;
    }
    String device = part(made, "device");
    String tag = part(made, "tag");
    if (device != null) {
      return "device " + device + (tag == null ? "" : ", tag " + tag);
    }
    return made.key() == null ? "unknown source" : "source " + made.key();
  }

  private static String part(SourceRecord made, String name) {
    if (made.value() instanceof Struct struct) {
      Field field = struct.schema().field(name);
      if (field != null && struct.get(field) instanceof String text) {
        return text;
      }
    }
    return header(made, "ot." + name);
  }

  private static String header(SourceRecord made, String name) {
    Header header = made.headers().lastWithName(name);
    return header == null || header.value() == null ? null : header.value().toString();
  }
}
