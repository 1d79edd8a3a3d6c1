// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.monitoring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.testing.Peers;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prometheus as installed by the operating system. For one thread. */
final class PrometheusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url = "http://127.0.0.1:" + Ports.free();
  private final Process process;

  /**
   * Starts a server that scrapes every second. Skips the test if Prometheus is not installed.
   *
   * @param targets host and port of each target by the value of its label {@code worker}
   * @param rules a rule file
   */
  PrometheusServer(Path directory, Map<String, String> targets, Path rules) throws IOException {
    Peers.needPromtool();
    Files.createDirectories(directory);
    List<String> lines = new ArrayList<>();
    lines.add("global: {scrape_interval: 1s, evaluation_interval: 1s}");
    lines.add("rule_files: ['" + rules.toAbsolutePath() + "']");
    lines.add("scrape_configs:");
    lines.add("  - job_name: kafka-connect");
    lines.add("    static_configs:");
    targets.forEach(
        (worker, target) ->
            lines.add("      - {targets: ['" + target + "'], labels: {worker: " + worker + "}}"));
    Path file = Files.write(directory.resolve("prometheus.yml"), lines);
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + url.substring("http://".length()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    await("Prometheus to start")
        .atMost(Duration.ofMinutes(1))
        .failFast("Prometheus has exited", () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> get("/-/ready").statusCode() == 200);
  }

  /** The result of an instant query: a list of objects with {@code metric} and {@code value}. */
  List<JsonNode> query(String expression) {
    return data("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result");
  }

  /** The names of the alerts that are firing. */
  List<String> firing() {
    List<String> names = new ArrayList<>();
    for (JsonNode alert : data("/api/v1/alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        names.add(alert.path("labels").path("alertname").asText());
      }
    }
    return names;
  }

  private Result data(String path) {
    try {
      HttpResponse<String> response = get(path);
      if (response.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + response.body());
      }
      return new Result(JSON.readTree(response.body()).path("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Result(JsonNode data) {
    List<JsonNode> path(String name) {
      List<JsonNode> nodes = new ArrayList<>();
      data.path(name).forEach(nodes::add);
      return nodes;
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
