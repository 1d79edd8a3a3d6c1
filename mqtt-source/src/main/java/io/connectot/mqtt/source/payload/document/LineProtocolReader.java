// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.Map;
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
    LineProtocolText text = new LineProtocolText(Utf8.text(payload));
    while (text.nextLine()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      try {
        line(text, document);
      } catch (IllegalArgumentException e) {
        documents.unreadable(
            "line "
                + text.lineNumber()
                + " of the payload is not line protocol: "
                + e.getMessage()
                + ", in "
                + Excerpt.shorten(text.restOfLine()));
        continue;
      }
      documents.take(document);
    }
  }

  private static void line(LineProtocolText text, ObjectNode document) {
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
    do {
      String key = text.name("=");
      text.require('=');
      fields.set(key, text.value());
    } while (text.skip(','));
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
  }
}
