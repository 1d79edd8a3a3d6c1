// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Client of the REST API of a Connect worker. Every call waits for the response. Thread-safe. */
public final class ConnectRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(95);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;

  /**
   * @param url the address of the worker, e.g. {@code http://127.0.0.1:8083}
   */
  public ConnectRest(String url) {
    this.url = url;
  }

  /** The address of the worker. */
  public String url() {
    return url;
  }

  /** Whether the worker answers and has joined its group. */
  public boolean isReady() {
    try {
      return request("GET", "/connectors", null).isSuccess();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The installed connector plugins. */
  public JsonNode plugins() {
    return get("/connector-plugins").expectSuccess();
  }

  /** The names of all connectors. */
  public List<String> connectors() {
    List<String> names = new ArrayList<>();
    get("/connectors").expectSuccess().forEach(name -> names.add(name.asText()));
    return names;
  }

  /** All connectors with their states and configurations, in one request, by name. */
  public Map<String, Overview> overview() {
    Map<String, Overview> all = new TreeMap<>();
    JsonNode body = get("/connectors?expand=status&expand=info").expectSuccess();
    for (Map.Entry<String, JsonNode> connector : body.properties()) {
      Map<String, String> config = new TreeMap<>();
      connector
          .getValue()
          .at("/info/config")
          .properties()
          .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
      JsonNode status = connector.getValue().path("status");
      all.put(
          connector.getKey(),
          new Overview(new Status(new Response("status", 200, status)), config));
    }
    return all;
  }

  /** Validates a configuration, which must contain {@code connector.class}. */
  public Validation validate(Map<String, String> config) {
    String type = config.get("connector.class");
    String plugin = type.substring(type.lastIndexOf('.') + 1);
    return new Validation(
        send("PUT", "/connector-plugins/" + plugin + "/config/validate", object(config))
            .expectSuccess());
  }

  /** Creates a connector, or changes the configuration of an existing one. */
  public Response put(String connector, Map<String, String> config) {
    return send("PUT", "/connectors/" + connector + "/config", object(config));
  }

  /** The state of a connector and its tasks, without waiting for them. */
  public Status status(String connector) {
    return new Status(get("/connectors/" + connector + "/status"));
  }

  /** The topics a connector has written to since it was created. */
  public List<String> topics(String connector) {
    List<String> topics = new ArrayList<>();
    get("/connectors/" + connector + "/topics")
        .body()
        .path(connector)
        .path("topics")
        .forEach(topic -> topics.add(topic.asText()));
    return topics;
  }

  /** Pauses a connector: its tasks keep their resources and stop polling. */
  public void pause(String connector) {
    send("PUT", "/connectors/" + connector + "/pause", null).expectSuccess();
  }

  /** Resumes a paused or stopped connector. */
  public void resume(String connector) {
    send("PUT", "/connectors/" + connector + "/resume", null).expectSuccess();
  }

  /** Stops a connector: its tasks are shut down. */
  public void stop(String connector) {
    send("PUT", "/connectors/" + connector + "/stop", null).expectSuccess();
  }

  /** Restarts a connector and all its tasks. */
  public void restart(String connector) {
    send("POST", "/connectors/" + connector + "/restart?includeTasks=true", null).expectSuccess();
  }

  /** Deletes a connector; does nothing if it does not exist. */
  public void delete(String connector) {
    Response response = send("DELETE", "/connectors/" + connector, null);
    if (response.code() != 404) {
      response.expectSuccess();
    }
  }

  /** The stored source offsets. */
  public JsonNode offsets(String connector) {
    return get("/connectors/" + connector + "/offsets").expectSuccess();
  }

  /** Changes stored offsets of a stopped connector. */
  public Response alterOffsets(String connector, JsonNode offsets) {
    return send("PATCH", "/connectors/" + connector + "/offsets", offsets);
  }

  /** Deletes the stored offsets of a stopped connector. */
  public Response deleteOffsets(String connector) {
    return send("DELETE", "/connectors/" + connector + "/offsets", null);
  }

  /** Any GET request. */
  public Response get(String path) {
    return send("GET", path, null);
  }

  /**
   * Sends a request and retries it while the worker rejects it with status 409, because its group
   * is rebalancing.
   */
  private Response send(String method, String path, JsonNode body) {
    long deadline = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
    while (true) {
      Response response = request(method, path, body);
      boolean rebalancing =
          response.code() == 409 && response.body().path("message").asText().contains("rebalance");
      if (!rebalancing || System.nanoTime() > deadline) {
        return response;
      }
      pauseBeforeRetry();
    }
  }

  private static void pauseBeforeRetry() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the worker group rebalances", e);
    }
  }

  private Response request(String method, String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      JsonNode json =
          answer.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(answer.body());
      return new Response(method + " " + path, answer.statusCode(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method + " " + path, e);
    }
  }

  private static ObjectNode object(Map<String, String> config) {
    ObjectNode node = JSON.createObjectNode();
    config.forEach(node::put);
    return node;
  }

  /**
   * A response of the worker.
   *
   * @param request the description of the request, for messages
   * @param code the HTTP status
   * @param body the JSON body; a missing node without a body
   */
  public record Response(String request, int code, JsonNode body) {
    /** Whether the request succeeded. */
    public boolean isSuccess() {
      return code / 100 == 2;
    }

    /** The worker's error message; empty without an error. */
    public String message() {
      return body.path("message").asText();
    }

    /**
     * The body of a successful response.
     *
     * @throws IllegalStateException for any other response
     */
    public JsonNode expectSuccess() {
      if (!isSuccess()) {
        throw new IllegalStateException(request + " answered " + code + ": " + message());
      }
      return body;
    }
  }

  /**
   * The result of a validation.
   *
   * @param body the worker's response
   */
  public record Validation(JsonNode body) {
    /** The errors by configuration key. */
    public Map<String, List<String>> errors() {
      Map<String, List<String>> errors = new TreeMap<>();
      for (JsonNode config : body.path("configs")) {
        JsonNode value = config.path("value");
        for (JsonNode error : value.path("errors")) {
          errors
              .computeIfAbsent(value.path("name").asText(), key -> new ArrayList<>())
              .add(error.asText());
        }
      }
      return errors;
    }
  }

  /** A connector's state and configuration. */
  public record Overview(Status status, Map<String, String> config) {}

  /**
   * The state of a connector.
   *
   * @param response the worker's response; 404 while it does not know the connector
   */
  public record Status(Response response) {
    /** Whether the connector is a sink. */
    public boolean isSink() {
      return response.body().path("type").asText().equals("sink");
    }

    /** RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED; empty while the connector is not known. */
    public String connectorState() {
      return response.body().path("connector").path("state").asText();
    }

    /** The states of the tasks, in order. */
    public List<String> taskStates() {
      return tasks("state");
    }

    /** The workers of the tasks, in order. */
    public List<String> taskWorkers() {
      return tasks("worker_id");
    }

    /** Whether the connector and exactly this number of tasks are RUNNING. */
    public boolean isRunning(int tasks) {
      return connectorState().equals("RUNNING")
          && taskStates().size() == tasks
          && taskStates().stream().allMatch("RUNNING"::equals);
    }

    /** The first line of the first stack trace of the connector or a task; otherwise empty. */
    public String failure() {
      List<String> traces = new ArrayList<>();
      traces.add(response.body().path("connector").path("trace").asText());
      traces.addAll(tasks("trace"));
      return traces.stream()
          .filter(trace -> !trace.isEmpty())
          .map(trace -> trace.lines().findFirst().orElse(""))
          .findFirst()
          .orElse("");
    }

    private List<String> tasks(String field) {
      List<String> values = new ArrayList<>();
      response.body().path("tasks").forEach(task -> values.add(task.path(field).asText()));
      return values;
    }
  }
}
