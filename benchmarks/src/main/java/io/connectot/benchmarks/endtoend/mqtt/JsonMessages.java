// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Makes measurements of the messages of {@link MqttPayload#JSON}, like a program written for this
 * purpose only: it looks for two members, and writes the columns of the connector's record.
 */
final class JsonMessages {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_SIZE = 512;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private JsonMessages() {}

  /** The record of a message. */
  static byte[] measurement(String topic, byte[] payload, long nowMillis) {
    long sent = 0;
    double value = 0;
    try (JsonParser parser = JSON.createParser(payload)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("sent")) {
          sent = parser.getLongValue();
        } else if (name.equals("value")) {
          value = parser.getDoubleValue();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return record(topic, sent, value, nowMillis);
  }

  private static byte[] record(String topic, long sent, double value, long nowMillis) {
    int end = topic.lastIndexOf('/');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("path", topic);
      json.writeStringField("device", topic.substring(0, end));
      json.writeStringField("tag", topic.substring(end + 1));
      json.writeStringField("protocol", "mqtt");
      json.writeStringField("connector", "bench");
      json.writeNumberField("event_time", sent / NANOS_PER_MILLI);
      json.writeNumberField("event_time_ns", sent);
      json.writeNumberField("ingest_time", nowMillis);
      json.writeStringField("type", "FLOAT64");
      json.writeNullField("value_boolean");
      json.writeNullField("value_long");
      json.writeNumberField("value_double", value);
      json.writeNullField("value_string");
      json.writeNullField("value_bytes");
      json.writeStringField("quality", "GOOD");
      json.writeNullField("status");
      json.writeNullField("unit");
      json.writeNullField("attributes");
      json.writeBooleanField("is_historical", false);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
