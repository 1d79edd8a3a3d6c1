// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** A JSON file: an array of objects, each a row, its fields the cells. */
final class JsonTable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonTable() {}

  static List<TableRow> read(
      String key, String file, String text, List<String> required, Consumer<ConfigError> problems) {
    List<TableRow> rows = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        problems.accept(
            new ConfigError(
                key,
                file
                    + ": must be an array of objects, each with "
                    + String.join(", ", required)
                    + " and options"));
        return List.of();
      }
      int entry = 1;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = parser.currentTokenLocation().getLineNr();
        ConfigLocation place =
            new ConfigLocation(key, file + " entry " + entry + " (line " + line + ")");
        JsonNode node = parser.readValueAsTree();
        read(place, node, rows, problems);
        entry++;
      }
      if (parser.nextToken() != null) {
        problems.accept(
            new ConfigError(
                key,
                file
                    + " line "
                    + parser.currentTokenLocation().getLineNr()
                    + ": something stands after the end of the array; remove it, or join the"
                    + " arrays"));
        return List.of();
      }
    } catch (JsonProcessingException e) {
      problems.accept(
          new ConfigError(
              key,
              file
                  + (e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr())
                  + ": is no JSON: "
                  + firstLine(e.getOriginalMessage())));
      return List.of();
    } catch (IOException e) {
      problems.accept(new ConfigError(key, file + ": cannot be read: " + e.getMessage()));
      return List.of();
    }
    return rows;
  }

  private static void read(
      ConfigLocation place, JsonNode node, List<TableRow> rows, Consumer<ConfigError> problems) {
    if (node == null || !node.isObject()) {
      problems.accept(place.problem("is no object; write {\"name\": ...}"));
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey().trim();
      JsonNode value = field.getValue();
      String text;
      if (value.isValueNode()) {
        text = value.isNull() ? "" : value.asText().trim();
      } else if (value.isArray() && name.equalsIgnoreCase("device")) {
        StringJoiner devices = new StringJoiner("|");
        value.forEach(device -> devices.add(device.asText()));
        text = devices.toString();
      } else {
        problems.accept(place.problem("'" + name + "' must be a text, a number, true or false"));
        return;
      }
      if (name.isEmpty()) {
        problems.accept(place.problem("a field has no name; name or remove it"));
        return;
      }
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        problems.accept(place.problem("there are two fields '" + name + "'; remove or rename one"));
        return;
      }
      if (!text.isEmpty()) {
        cells.put(name, text);
      }
    }
    rows.add(new TableRow(place, cells));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
