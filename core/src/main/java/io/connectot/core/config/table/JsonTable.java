// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigLocation;
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
      String key, String file, String text, List<String> required, Consumer<ConfigError> errors) {
    List<TableRow> rows = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        errors.accept(
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
        ConfigLocation location =
            new ConfigLocation(key, file + " entry " + entry + " (line " + line + ")");
        JsonNode node = parser.readValueAsTree();
        read(location, node, rows, errors);
        entry++;
      }
      if (parser.nextToken() != null) {
        errors.accept(
            new ConfigError(
                key,
                file
                    + " line "
                    + parser.currentTokenLocation().getLineNr()
                    + ": there is text after the end of the array; remove it, or join the"
                    + " arrays"));
        return List.of();
      }
    } catch (JsonProcessingException e) {
      errors.accept(
          new ConfigError(
              key,
              file
                  + (e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr())
                  + ": is not valid JSON: "
                  + firstLine(e.getOriginalMessage())));
      return List.of();
    } catch (IOException e) {
      errors.accept(new ConfigError(key, file + ": cannot be read: " + e.getMessage()));
      return List.of();
    }
    return rows;
  }

  private static void read(
      ConfigLocation location, JsonNode node, List<TableRow> rows, Consumer<ConfigError> errors) {
    if (node == null || !node.isObject()) {
      errors.accept(location.error("is not an object; write {\"name\": ...}"));
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
        errors.accept(location.error("'" + name + "' must be a text, a number, true or false"));
        return;
      }
      if (name.isEmpty()) {
        errors.accept(location.error("a field has no name; name or remove it"));
        return;
      }
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        errors.accept(location.error("there are two fields '" + name + "'; remove or rename one"));
        return;
      }
      if (!text.isEmpty()) {
        cells.put(name, text);
      }
    }
    rows.add(new TableRow(location, cells));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
