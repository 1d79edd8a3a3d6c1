// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.connector.ConnectorCatalog.Connector;
import io.connectot.console.connector.ConnectorCatalog.Task;
import java.util.List;
import java.util.Optional;

/** Connectors as JSON. */
final class ConnectorJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MOST_FAILED = 50;

  private ConnectorJson() {}

  /** How many connectors there are, and the names of the first ones that have failed. */
  static ObjectNode summary(List<Connector> connectors) {
    ObjectNode root = JSON.createObjectNode();
    root.put("count", connectors.size());
    List<String> failed =
        connectors.stream().filter(Connector::isFailed).map(Connector::name).toList();
    root.put("failed", failed.size());
    ArrayNode names = root.putArray("failed_names");
    failed.stream().limit(MOST_FAILED).forEach(names::add);
    return root;
  }

  /** All connectors without their configurations. */
  static ArrayNode list(List<Connector> connectors) {
    ArrayNode list = JSON.createArrayNode();
    connectors.forEach(connector -> list.add(brief(connector)));
    return list;
  }

  /** The lines of a device and of one of its tags, by their keys; empty for lines of files. */
  static ObjectNode linesOf(Optional<Connector> connector, String device, String tag) {
    ObjectNode lines = JSON.createObjectNode();
    connector.ifPresent(
        found -> {
          for (String key : List.of("devices." + device, "tags." + tag)) {
            if (found.config().containsKey(key)) {
              lines.put(key, found.config().get(key));
            }
          }
        });
    return lines;
  }

  /** A connector with its configuration and the Kafka cluster that it writes to. */
  static ObjectNode whole(Connector connector, String bootstrapServers) {
    ObjectNode node = brief(connector);
    node.put("bootstrap_servers", bootstrapServers);
    ObjectNode config = node.putObject("config");
    connector.config().forEach(config::put);
    return node;
  }

  private static ObjectNode brief(Connector connector) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", connector.name());
    node.put("class", connector.config().get("connector.class"));
    node.put("type", connector.type());
    node.put("state", connector.state());
    node.put("failed", connector.isFailed());
    ArrayNode tasks = node.putArray("tasks");
    for (Task task : connector.tasks()) {
      tasks
          .addObject()
          .put("id", task.id())
          .put("state", task.state())
          .put("worker", task.worker())
          .put("trace", task.trace());
    }
    return node;
  }
}
