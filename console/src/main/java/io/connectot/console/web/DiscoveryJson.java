// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.discovery.DiscoveryCatalog;
import io.connectot.console.discovery.DiscoveryJob;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryMethod.Parameter;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.core.spi.discovery.Finding.Included;
import io.connectot.core.spi.discovery.Finding.Node;
import io.connectot.core.spi.discovery.TagReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests and findings of discoveries as JSON. */
final class DiscoveryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DiscoveryJson() {}

  /** What can be looked at, and how. */
  static ObjectNode catalog(DiscoveryCatalog catalog) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("protocols");
    for (Discovery discovery : catalog.all()) {
      ObjectNode protocol =
          list.addObject()
              .put("title", discovery.title())
              .put("connector", discovery.connectorClass())
              .put("address_key", discovery.addressKey())
              .put("address_example", discovery.addressExample());
      ArrayNode methods = protocol.putArray("methods");
      for (DiscoveryMethod method : discovery.methods()) {
        ObjectNode node = methods.addObject().put("name", method.name());
        node.put("title", method.title());
        ArrayNode parameters = node.putArray("parameters");
        method.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
      }
    }
    return root;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", parameter.name());
    node.put("title", parameter.title());
    node.put("default", parameter.defaultValue());
    ArrayNode choices = node.putArray("choices");
    parameter.choices().forEach(choices::add);
    return node;
  }

  /** A request as the page sends it. */
  static DiscoveryRequest request(JsonNode node) {
    return new DiscoveryRequest(
        node.path("method").asText(),
        node.path("address").asText().strip(),
        texts(node.path("config")),
        node.path("parent").asText(),
        texts(node.path("parameters")));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new HashMap<>();
    node.fieldNames().forEachRemaining(name -> texts.put(name, node.get(name).asText()));
    return texts;
  }

  /**
   * How far a discovery is, with its findings.
   *
   * @param from how many findings the page has already
   */
  static ObjectNode state(DiscoveryJob job, int from) {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", job.id());
    // Before the findings, so that none is missing when it has ended.
    root.put("running", job.isRunning());
    root.put("problem", job.problem());
    root.put("progress", job.masked(job.run().progress()));
    root.put("limited", job.run().isLimited());
    ArrayNode list = root.putArray("findings");
    List<Finding> findings = job.run().findings(from);
    findings.forEach(finding -> list.add(finding(finding, job)));
    return root;
  }

  private static ObjectNode finding(Finding finding, DiscoveryJob job) {
    ObjectNode node = JSON.createObjectNode();
    if (finding instanceof Endpoint endpoint) {
      node.put("kind", "endpoint");
      node.put("address", job.masked(endpoint.address()));
      node.put("title", job.masked(endpoint.title()));
      ObjectNode config = node.putObject("config");
      endpoint.config().forEach((key, value) -> config.put(key, job.masked(value)));
    } else if (finding instanceof Node parent) {
      node.put("kind", "node").put("id", job.masked(parent.id()));
      node.put("name", job.masked(parent.name()));
    } else if (finding instanceof Included included) {
      node.put("kind", "included").put("name", job.masked(included.name()));
      node.put("unit", job.masked(included.unit()));
      node.set("reading", reading(included.reading(), job));
    } else if (finding instanceof Candidate candidate) {
      node.put("kind", "candidate");
      node.put("prefix", candidate.keyPrefix());
      node.put("name", job.masked(candidate.name()));
      node.put("unit", job.masked(candidate.unit()));
      ArrayNode readings = node.putArray("readings");
      candidate.readings().forEach(reading -> readings.add(reading(reading, job)));
    }
    return node;
  }

  private static ObjectNode reading(TagReading reading, DiscoveryJob job) {
    ObjectNode node = JSON.createObjectNode();
    node.put("label", job.masked(reading.label()));
    node.put("line", job.masked(reading.line()));
    node.put("address", job.masked(reading.address()));
    node.put("type", job.masked(reading.type()));
    ObjectNode options = node.putObject("options");
    reading.options().forEach((key, value) -> options.put(key, job.masked(value)));
    node.put("value", job.masked(reading.value()));
    node.put("quality", reading.quality().name());
    node.put("status", job.masked(reading.status()));
    return node;
  }
}
