// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A connector as a resource of Strimzi.
 *
 * @param name the name of the connector and of the resource
 * @param config its configuration, without class and number of tasks
 */
record ConnectorResource(
    String name, String connectorClass, String tasksMax, Map<String, String> config) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEVICE = "devices.";
  private static final Pattern LOCAL = Pattern.compile("(?<=//)(127\\.0\\.0\\.1|localhost):\\d+");
  private static final Pattern WITHOUT_NETWORK = Pattern.compile("simulated:.*|[^:]*");

  /** Where the secrets of the examples come from, one way for each. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "hall1/opcua.auth.password", "${secrets:factory/ot-secrets:opcua-password}",
          "setpoints/opcua.auth.password", "${directory:/mnt/ot-secrets:opcua-password}");

  /** The broker in the cluster wants a password. */
  private static final Map<String, String> BROKER_LOGIN =
      Map.of("mqtt.username", "connect", "mqtt.password", "${env:MQTT_PASSWORD}");

  /** Reads an example of the archive, with the addresses of a cluster instead of this machine's. */
  static ConnectorResource read(Path example) throws IOException {
    JsonNode json = JSON.readTree(example.toFile());
    String name = json.required("name").asText();
    Map<String, String> config = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.required("config").properties()) {
      String key = entry.getKey();
      String value = inCluster(key, entry.getValue().asText());
      config.put(key, SECRETS.getOrDefault(name + "/" + key, value));
      if (key.equals("mqtt.brokers")) {
        config.putAll(new TreeMap<>(BROKER_LOGIN));
      }
    }
    return new ConnectorResource(
        name, config.remove("connector.class"), config.remove("tasks.max"), config);
  }

  private static String inCluster(String key, String value) {
    if (value.equals("localhost:9092")) {
      return "plant-kafka-bootstrap:9092";
    }
    if (key.equals("mqtt.brokers")) {
      return "tcp://mosquitto.factory.svc:1883";
    }
    if (key.startsWith(DEVICE) && !WITHOUT_NETWORK.matcher(value).matches()) {
      String host = key.substring(DEVICE.length()).replace('_', '-') + ".plant.example";
      return LOCAL.matcher(value).replaceAll(host + port(value));
    }
    return value;
  }

  private static String port(String address) {
    return address.startsWith("opc.tcp:") ? ":4840" : ":502";
  }

  /** The resource. */
  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("apiVersion: kafka.strimzi.io/v1\nkind: KafkaConnector\nmetadata:\n  name: ");
    yaml.append(name).append("\n  labels:\n    strimzi.io/cluster: plant\nspec:\n");
    yaml.append("  class: ").append(connectorClass).append('\n');
    yaml.append("  tasksMax: ").append(tasksMax).append('\n');
    yaml.append("  autoRestart:\n    enabled: true\n  config:\n");
    config.forEach(
        (key, value) ->
            yaml.append("    ").append(key).append(": ").append(quoted(value)).append('\n'));
    return yaml.toString();
  }

  /** Text in quotes has the same form in YAML as in JSON. */
  private static String quoted(String value) {
    return JSON.valueToTree(value).toString();
  }
}
