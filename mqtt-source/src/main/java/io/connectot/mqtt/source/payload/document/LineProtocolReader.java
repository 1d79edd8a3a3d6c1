// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * InfluxDB line protocol. A line {@code weather,loc=a temp=21.5 1795914262000000000} becomes the
 * document {@code {"measurement": "weather", "tags": {"loc": "a"}, "fields": {"temp": 21.5},
 * "device": "weather/a", "time": 1795914262000000000}}.
 */
public final class LineProtocolReader implements DocumentReader {

  @Override
  public void read(byte[] payload, long receivedNanos, Documents documents)
      throws PayloadException {
    LineProtocolText text = new LineProtocolText(Utf8.damagedText(payload));
    while (text.nextLine()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      try {
        Optional<String> badField = line(text, document);
        if (badField.isPresent()) {
          documents.unreadable(reason(text, badField.get()));
        }
      } catch (IllegalArgumentException e) {
        documents.unreadable(reason(text, e.getMessage()));
        continue;
      }
      documents.take(document);
    }
  }

  private static String reason(LineProtocolText text, String cause) {
    return "line "
        + text.lineNumber()
        + " of the payload is not line protocol: "
        + cause
        + ", in "
        + Excerpt.shorten(text.restOfLine());
  }

  /** The first field whose value cannot be read, if others can be. */
  private static Optional<String> line(LineProtocolText text, ObjectNode document) {
    String measurement = text.name(", ");
    Map<String, String> sorted = new TreeMap<>();
    ObjectNode tags = document.putObject("tags");
    while (text.skip(',')) {
      String key = text.name("=");
      text.require('=');
      String value = text.name(", ");
      tags.put(key, value);
      sorted.put(key, value);
    }
    text.require(' ');
    ObjectNode fields = document.putObject("fields");
    IllegalArgumentException unreadable = null;
    do {
      String key = text.name("=");
      text.require('=');
      try {
        fields.set(key, text.value());
      } catch (IllegalArgumentException e) {
        unreadable = unreadable == null ? e : unreadable;
      }
    } while (text.skip(','));
    if (fields.isEmpty() && unreadable != null) {
      throw unreadable;
    }
    if (text.skip(' ')) {
      String time = text.name(" ");
      if (!time.isEmpty()) {
        document.set("time", CellText.value(time));
      }
    }
    text.requireEnd();
    document.put("measurement", measurement);
    StringBuilder device = new StringBuilder(measurement);
    sorted.values().forEach(value -> device.append('/').append(value));
    document.put("device", device.toString());
    return Optional.ofNullable(unreadable).map(Throwable::getMessage);
  }
}
