// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The Grafana dashboard, which is imported as a file and asks for a Prometheus data source. */
final class Dashboard {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final int WIDTH = 24;
  private static final int LINES_WIDTH = 8;
  private static final int LINES_HEIGHT = 7;
  private static final int STAT_WIDTH = 4;
  private static final int STAT_HEIGHT = 4;

  private final ArrayNode panels = JSON.createArrayNode();
  private int x;
  private int y;
  private int rowHeight;
  private int nextId = 1;

  private Dashboard() {}

  /** The file, as JSON. */
  static String json() {
    Dashboard dashboard = new Dashboard();
    Panel.rows().forEach(dashboard::add);
    try {
      return JSON.writeValueAsString(dashboard.root()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode root() {
    ObjectNode root = JSON.createObjectNode();
    root.put("uid", "kafka-connect-ot");
    root.put("title", "Kafka Connect OT");
    root.put("schemaVersion", 39);
    root.put("version", 1);
    root.put("editable", true);
    root.put("refresh", "10s");
    root.putObject("time").put("from", "now-1h").put("to", "now");
    root.putArray("tags").add("kafka-connect").add("ot");
    ArrayNode variables = root.putObject("templating").putArray("list");
    variables
        .addObject()
        .put("name", "datasource")
        .put("label", "Data source")
        .put("type", "datasource")
        .put("query", "prometheus");
    variable(
        variables, "connector", "Connector", "label_values(connectot_connection_state, connector)");
    variable(variables, "instance", "Worker", "label_values(connectot_connection_state, instance)");
    root.set("panels", panels);
    return root;
  }

  private static void variable(ArrayNode variables, String name, String label, String query) {
    ObjectNode variable = variables.addObject();
    variable.put("name", name).put("label", label).put("type", "query").put("query", query);
    variable.put("refresh", 2).put("includeAll", true).put("multi", true).put("allValue", ".*");
    variable.set("datasource", datasource());
    variable.putObject("current").put("text", "All").put("value", "$__all");
  }

  private static ObjectNode datasource() {
    return JSON.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
  }

  private void add(Panel.Row row) {
    newLine();
    ObjectNode node = panels.addObject();
    node.put("id", nextId++).put("type", "row").put("title", row.title()).put("collapsed", false);
    position(node, 0, WIDTH, 1);
    y++;
    row.panels().forEach(this::add);
  }

  private void add(Panel panel) {
    boolean stat = panel.kind() == Panel.Kind.STAT;
    int width = stat ? STAT_WIDTH : LINES_WIDTH;
    int height = stat ? STAT_HEIGHT : LINES_HEIGHT;
    if (x + width > WIDTH || (rowHeight != 0 && rowHeight != height)) {
      newLine();
    }
    ObjectNode node = panels.addObject();
    node.put("id", nextId++).put("type", panel.kind().type()).put("title", panel.title());
    node.set("datasource", datasource());
    position(node, x, width, height);
    x += width;
    rowHeight = height;
    ObjectNode fields = node.putObject("fieldConfig");
    fields.putObject("defaults").put("unit", panel.unit());
    fields.putArray("overrides");
    ArrayNode targets = node.putArray("targets");
    char id = 'A';
    for (Panel.Query query : panel.queries()) {
      ObjectNode target = targets.addObject();
      target.put("refId", String.valueOf(id++));
      target.put("expr", query.expression());
      target.put("legendFormat", query.legend());
      target.set("datasource", datasource());
    }
  }

  private void newLine() {
    y += rowHeight;
    x = 0;
    rowHeight = 0;
  }

  private void position(ObjectNode node, int left, int width, int height) {
    node.putObject("gridPos").put("x", left).put("y", y).put("w", width).put("h", height);
  }
}
