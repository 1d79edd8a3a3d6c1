// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a device's values as JSON, like a program written for this purpose only. */
final class JsonRecords {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String GOOD = "GOOD";
  private static final int USUAL_SIZE = 2048;

  private final String device;
  private final String protocol;
  private final String connector;
  private final String path;
  private final String[] tagPaths;

  /** Writes the record of one tag or of all tags. */
  @FunctionalInterface
  private interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  JsonRecords(String unsPath, String device, String protocol, String connector) {
    this.device = device;
    this.protocol = protocol;
    this.connector = connector;
    this.path = unsPath + "/" + device;
    this.tagPaths =
        ScanRegisters.NAMES.stream().map(name -> path + "/" + name).toArray(String[]::new);
  }

  String path() {
    return path;
  }

  String path(int tag) {
    return tagPaths[tag];
  }

  /** The connector's {@code row} layout. */
  byte[] row(Scan scan) {
    return bytes(
        json -> {
          json.writeStartObject();
          writeIdentity(json, path, null);
          writeTimes(json, scan);
          json.writeStringField("quality", GOOD);
          json.writeNullField("tag_qualities");
          json.writeNullField("attributes");
          json.writeBooleanField("is_historical", false);
          writeValues(json, scan);
          json.writeEndObject();
        });
  }

  /** The connector's {@code measurement} layout. */
  byte[] measurement(Scan scan, int tag) {
    return bytes(
        json -> {
          json.writeStartObject();
          writeIdentity(json, tagPaths[tag], ScanRegisters.NAMES.get(tag));
          writeTimes(json, scan);
          json.writeStringField("type", tag < ScanRegisters.FLOATS ? "FLOAT32" : "FLOAT64");
          json.writeNullField("value_boolean");
          json.writeNullField("value_long");
          json.writeNumberField("value_double", scan.value(tag));
          json.writeNullField("value_string");
          json.writeNullField("value_bytes");
          json.writeStringField("quality", GOOD);
          json.writeNullField("status");
          json.writeNullField("unit");
          json.writeNullField("attributes");
          json.writeBooleanField("is_historical", false);
          json.writeEndObject();
        });
  }

  /** Device, time and values. */
  byte[] leanRow(Scan scan) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("device", device);
          json.writeNumberField("event_time", scan.millis());
          writeValues(json, scan);
          json.writeEndObject();
        });
  }

  /** Device, tag, time and value. */
  byte[] leanMeasurement(Scan scan, int tag) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("device", device);
          json.writeStringField("tag", ScanRegisters.NAMES.get(tag));
          json.writeNumberField("event_time", scan.millis());
          json.writeNumberField("value", scan.value(tag));
          json.writeEndObject();
        });
  }

  private void writeIdentity(JsonGenerator json, String about, String tag) throws IOException {
    json.writeStringField("path", about);
    json.writeStringField("device", device);
    json.writeStringField("tag", tag);
    json.writeStringField("protocol", protocol);
    json.writeStringField("connector", connector);
  }

  private static void writeTimes(JsonGenerator json, Scan scan) throws IOException {
    json.writeNumberField("event_time", scan.millis());
    json.writeNumberField("event_time_ns", scan.nanos());
    json.writeNumberField("ingest_time", scan.millis());
  }

  private static void writeValues(JsonGenerator json, Scan scan) throws IOException {
    for (int i = 0; i < ScanRegisters.TAGS; i++) {
      json.writeFieldName(ScanRegisters.NAMES.get(i));
      if (i < ScanRegisters.FLOATS) {
        json.writeNumber((float) scan.value(i));
      } else {
        json.writeNumber(scan.value(i));
      }
    }
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
