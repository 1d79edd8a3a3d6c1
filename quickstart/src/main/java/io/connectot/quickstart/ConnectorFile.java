// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON file of a connector, in the format of the REST API.
 *
 * @param name the connector's name
 * @param config its configuration
 */
public record ConnectorFile(String name, Map<String, String> config) {
  private static final String USUAL_KAFKA = "localhost:9092";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the connector is configured to read events and alarms. */
  boolean tellsEvents() {
    return config.keySet().stream().anyMatch(key -> key.endsWith(".events.topic"));
  }

  /** The same with another cluster where the file has the usual address of Kafka. */
  public ConnectorFile at(String bootstrapServers) {
    Map<String, String> changed = new LinkedHashMap<>(config);
    changed.replaceAll((key, value) -> value.equals(USUAL_KAFKA) ? bootstrapServers : value);
    return new ConnectorFile(name, changed);
  }

  /** Reads a file. */
  public static ConnectorFile read(Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    if (!json.path("name").isTextual() || !json.path("config").isObject()) {
      throw new IOException(
          file
              + " is not a connector file: it needs a \"name\" and a \"config\" with keys and"
              + " values");
    }
    Map<String, String> config = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("config").properties()) {
      config.put(entry.getKey(), entry.getValue().asText());
    }
    return new ConnectorFile(json.path("name").asText(), config);
  }
}
