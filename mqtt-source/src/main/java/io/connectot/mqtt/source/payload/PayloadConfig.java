// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how payloads are read where a line does not. */
public final class PayloadConfig {
  public static final String FORMAT = "mqtt.format";
  public static final String KEY = "mqtt.key";
  public static final String COMPRESSION = "mqtt.compression";
  public static final String MAX_BYTES = "mqtt.payload.max.bytes";

  public static final String JSON_SCHEMA = "mqtt.json.schema";
  public static final String JSON_SCHEMA_TEXT = "mqtt.json.schema.text";
  public static final String JSON_SCHEMA_FILE = "mqtt.json.schema.file";

  private static final String GROUP = "MQTT payloads";

  private PayloadConfig() {}

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.choice(FORMAT, Format.class, Format.BYTES)
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Payload format")
        .dependents(MeasurementConfig.keys())
        .doc(
            "How payloads are read unless a line says otherwise with 'format': 'bytes' passes them"
                + " on as they are, 'string' as UTF-8, 'json' as JSON, and 'measurement' makes"
                + " normalized records of values in JSON or of bare values such as 21.5.")
        .addTo(definition);
    Option.of(KEY, ConfigDef.Type.STRING)
        .defaultValue("topic")
        .validator(Checks.required("none, topic, a template, or a JSON Pointer", text -> {}))
        .group(GROUP)
        .displayName("Record key of payloads that pass through")
        .doc(
            "What records are keyed by unless a line says otherwise with 'key': 'topic' for the"
                + " MQTT topic, 'none', a template such as ${topic[1]}, or, for JSON, a pointer to"
                + " a single value such as /device/id (RFC 6901).")
        .addTo(definition);
    Option.choice(JSON_SCHEMA, SchemaSource.class, SchemaSource.NONE)
        .group(GROUP)
        .displayName("Schema of JSON")
        .dependents(JSON_SCHEMA_TEXT, JSON_SCHEMA_FILE)
        .doc(
            "The schema of records made of JSON, unless a line says otherwise with 'json.schema':"
                + " 'none' for maps and lists as they are; 'inferred' from the documents of a Kafka"
                + " topic so far, with every field optional, whole numbers as int64, others as"
                + " float64, and arrays of mixed types as arrays of text; 'given' by"
                + " mqtt.json.schema.text or"
                + " mqtt.json.schema.file, and what does not fit is a poison message.")
        .addTo(definition);
    Option.of(JSON_SCHEMA_TEXT, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("Connect schema in JSON", SchemaParser::ofText))
        .recommender(VisibleWhen.is(JSON_SCHEMA, "given"))
        .group(GROUP)
        .displayName("Given schema")
        .width(Width.LONG)
        .doc(
            "The schema of JSON in the form that JsonConverter has in its envelopes, such as"
                + " {\"type\": \"struct\", \"fields\": [{\"field\": \"t\", \"type\": \"double\"}]}."
                + " Fields it does not name are left out.")
        .addTo(definition);
    Option.of(JSON_SCHEMA_FILE, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("path of a file", text -> {}))
        .recommender(VisibleWhen.is(JSON_SCHEMA, "given"))
        .group(GROUP)
        .displayName("File of the given schema")
        .width(Width.LONG)
        .doc(
            "A file with such a schema that every worker can read under this path, unless a line"
                + " names its own with 'json.schema.file'.")
        .addTo(definition);
    Option.choice(COMPRESSION, Compression.class, Compression.NONE)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Compression")
        .doc(
            "How payloads are compressed unless a line says otherwise with 'compression'. 'auto'"
                + " looks at their first bytes, and takes what begins like neither gzip nor zlib"
                + " as it is.")
        .addTo(definition);
    Option.of(MAX_BYTES, ConfigDef.Type.INT)
        .defaultValue(4 * 1024 * 1024)
        .validator(Checks.between(1, 268_435_456))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Longest payload (bytes)")
        .width(Width.SHORT)
        .doc(
            "The longest payload that is read, in bytes after decompression. A longer one is a"
                + " poison message: a few compressed bytes must not fill the memory.")
        .addTo(definition);
    MeasurementConfig.addTo(definition);
    return definition;
  }
}
