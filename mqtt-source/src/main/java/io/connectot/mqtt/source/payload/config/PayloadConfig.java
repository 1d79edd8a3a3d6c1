// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.config;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.mqtt.source.payload.Compression;
import io.connectot.mqtt.source.payload.Format;
import io.connectot.mqtt.source.payload.measurement.MeasurementConfig;
import io.connectot.mqtt.source.payload.passthrough.SchemaParser;
import io.connectot.mqtt.source.payload.passthrough.SchemaSource;
import io.connectot.mqtt.source.subscription.LevelSeparator;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.connect.data.Schema;

/** The keys for reading payloads; options of a line override most of them. */
public final class PayloadConfig {
  public static final Key<Format> FORMAT =
      Key.choice("mqtt.format", Format.class, Format.BYTES)
          .importance(Importance.HIGH)
          .display("Payload format")
          .doc(
              "The payload format of lines without the option 'format': 'bytes' passes payloads"
                  + " through unchanged, 'string' as UTF-8, 'json' as JSON. The others make"
                  + " normalized records: 'measurement' of values in JSON or of bare values such as"
                  + " 21.5, 'object' of every member of JSON documents, 'ndjson' of JSON documents"
                  + " on lines, 'csv' of rows, 'lineprotocol' of InfluxDB line protocol, 'senml' of"
                  + " SenML in JSON, and 'opcua-json' of OPC UA PubSub messages in JSON. 'drop'"
                  + " makes no records, and does not subscribe.");

  public static final Key<String> KEY =
      Key.text("mqtt.key", "topic", "none, topic, a template, or a JSON Pointer", text -> text)
          .display("Record key of payloads that pass through")
          .doc(
              "The record key of lines without the option 'key': 'topic' for the MQTT topic,"
                  + " 'none', a template such as ${topic[1]}, or, for JSON, a JSON Pointer to a"
                  + " single value such as /device/id (RFC 6901).");

  static final Key<LevelSeparator> TOPIC_SEPARATOR =
      Key.text("mqtt.topic.separator", "_", "one of . _ -", LevelSeparator::parse)
          .importance(Importance.LOW)
          .display("Separator of levels in Kafka topics")
          .doc(
              "What stands for the slashes of variables in Kafka topics, which cannot hold them:"
                  + " with a dot, ${topic} of plant/press1 is plant.press1.");

  static final Key<SchemaSource> JSON_SCHEMA =
      Key.choice("mqtt.json.schema", SchemaSource.class, SchemaSource.NONE)
          .display("Schema of JSON")
          .doc(
              "The schema of JSON records of lines without the option 'json.schema': 'none' for"
                  + " schemaless maps and lists; 'inferred' from the documents of a Kafka topic so"
                  + " far, with every field optional, whole numbers as int64, others as float64,"
                  + " and arrays of mixed types as arrays of text; 'given' by mqtt.json.schema.text"
                  + " or mqtt.json.schema.file, where a document that does not match is a poison"
                  + " message.");

  static final Key<Optional<Schema>> JSON_SCHEMA_TEXT =
      Key.optional("mqtt.json.schema.text", "", "Connect schema in JSON", SchemaParser::ofText)
          .visibleWhen(JSON_SCHEMA, SchemaSource.GIVEN)
          .display("Given schema")
          .width(Width.LONG)
          .doc(
              "The schema of JSON in the form of JsonConverter's envelopes, such as {\"type\":"
                  + " \"struct\", \"fields\": [{\"field\": \"t\", \"type\": \"double\"}]}. Other"
                  + " fields of documents are ignored.");

  static final Key<Optional<Path>> JSON_SCHEMA_FILE =
      Key.path("mqtt.json.schema.file", "", "path of a file")
          .visibleWhen(JSON_SCHEMA, SchemaSource.GIVEN)
          .display("File of the given schema")
          .width(Width.LONG)
          .doc(
              "A file with such a schema, readable under this path by every worker, for lines"
                  + " without the option 'json.schema.file'.");

  static final Key<Compression> COMPRESSION =
      Key.choice("mqtt.compression", Compression.class, Compression.NONE)
          .importance(Importance.LOW)
          .display("Compression")
          .doc(
              "The payload compression of lines without the option 'compression'. 'auto' detects"
                  + " gzip and zlib by the first bytes and reads other payloads unchanged.");

  public static final Key<Integer> MAX_BYTES =
      Key.integer("mqtt.payload.max.bytes", 1_000_000, 1, 268_435_456)
          .importance(Importance.LOW)
          .display("Longest payload (bytes)")
          .doc(
              "The maximum payload size, in bytes after decompression. A longer payload is a poison"
                  + " message, so that a few compressed bytes cannot exhaust the memory. A payload"
                  + " that passes through also has to fit record.max.bytes.");

  public static final Keys KEYS =
      Keys.of(
          Keys.group(
              "MQTT payloads",
              FORMAT,
              KEY,
              TOPIC_SEPARATOR,
              JSON_SCHEMA,
              JSON_SCHEMA_TEXT,
              JSON_SCHEMA_FILE,
              COMPRESSION,
              MAX_BYTES),
          MeasurementConfig.KEYS);

  private PayloadConfig() {}
}
