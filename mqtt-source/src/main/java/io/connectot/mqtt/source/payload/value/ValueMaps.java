// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import io.connectot.mqtt.source.payload.select.Globs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What texts, numbers and booleans of a payload mean: {@code ON:true,OFF:false}, or for members of
 * certain names {@code state=ON:true,state=OFF:false}. Immutable.
 */
public final class ValueMaps {
  /** Maps nothing. */
  public static final ValueMaps NONE = new ValueMaps(List.of());

  private final List<Entry> entries;

  private record Entry(Globs names, String text, JsonNode meaning) {}

  private ValueMaps(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Parses a list.
   *
   * @throws LineException when the form is wrong
   */
  public static ValueMaps parse(String text) throws LineException {
    List<Entry> entries = new ArrayList<>();
    for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int colon = entry.lastIndexOf(':');
      int equals = entry.indexOf('=');
      if (colon <= 0 || equals > colon) {
        throw new LineException("must be a list such as ON:true,OFF:false or state=ON:1");
      }
      entries.add(
          new Entry(
              Globs.parse(equals < 0 ? "" : entry.substring(0, equals)),
              entry.substring(equals + 1, colon).trim(),
              meaning(entry.substring(colon + 1).trim())));
    }
    return new ValueMaps(entries);
  }

  private static JsonNode meaning(String text) {
    switch (text) {
      case "true", "false" -> {
        return BooleanNode.valueOf(text.equals("true"));
      }
      case "null", "" -> {
        return NullNode.getInstance();
      }
      default -> {
        try {
          JsonNode number = JsonDocuments.read(text.getBytes(StandardCharsets.UTF_8));
          return number.isNumber() ? number : TextNode.valueOf(text);
        } catch (PayloadException e) {
          return TextNode.valueOf(text);
        }
      }
    }
  }

  /** The meanings for a member, by text; empty for none. */
  public Map<String, JsonNode> of(String name) {
    Map<String, JsonNode> meanings = new HashMap<>();
    for (Entry entry : entries) {
      if (!entry.names.isEmpty() && entry.names.match(name)) {
        meanings.putIfAbsent(entry.text, entry.meaning);
      }
    }
    for (Entry entry : entries) {
      if (entry.names.isEmpty()) {
        meanings.putIfAbsent(entry.text, entry.meaning);
      }
    }
    return Map.copyOf(meanings);
  }
}
