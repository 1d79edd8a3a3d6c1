// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Client of the REST API of the uplink's worker. For one thread. */
final class WorkerRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAUSED_BY = "Caused by: ";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;

  /**
   * @param url the address of the worker
   */
  WorkerRest(String url) {
    this.url = url;
  }

  /** Creates or changes a connector. */
  void put(String connector, Map<String, String> config) throws IOException, InterruptedException {
    request("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(config));
  }

  /** Deletes a connector, if it exists. */
  void delete(String connector) throws IOException, InterruptedException {
    if (request("GET", "/connectors", null).toString().contains('"' + connector + '"')) {
      request("DELETE", "/connectors/" + connector, null);
    }
  }

  /** Restarts what has failed of a connector. */
  void restartFailed(String connector) throws IOException, InterruptedException {
    request(
        "POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", null);
  }

  /** The first failure of a connector or of its tasks; empty if none has failed. */
  String failure(String connector) throws IOException, InterruptedException {
    JsonNode status = request("GET", "/connectors/" + connector + "/status", null);
    if (status.at("/connector/state").asText().equals("FAILED")) {
      return cause(status.at("/connector/trace").asText());
    }
    for (JsonNode task : status.path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        return cause(task.path("trace").asText());
      }
    }
    return "";
  }

  /** The innermost cause of a trace. */
  static String cause(String trace) {
    String cause = "failed";
    for (String line : trace.lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        cause = line.substring(CAUSED_BY.length());
      } else if (cause.equals("failed") && !line.isBlank()) {
        cause = line;
      }
    }
    return cause;
  }

  /**
   * For each partition, written as {@code topic-partition}, the offset of its last copied record.
   */
  Map<String, Long> copied(String connector) throws IOException, InterruptedException {
    Map<String, Long> offsets = new TreeMap<>();
    for (JsonNode entry :
        request("GET", "/connectors/" + connector + "/offsets", null).path("offsets")) {
      JsonNode partition = entry.path("partition");
      offsets.put(
          partition.path("topic").asText() + "-" + partition.path("partition").asInt(),
          entry.at("/offset/offset").asLong());
    }
    return offsets;
  }

  private JsonNode request(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method + " " + path + ": status " + response.statusCode() + ", " + response.body());
    }
    return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
  }
}
