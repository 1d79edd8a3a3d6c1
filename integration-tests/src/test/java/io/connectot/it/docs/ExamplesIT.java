// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.connectot.core.docs.DocPage;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.quickstart.ConnectorFile;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Validates every configuration of the documentation and the archive on a worker with the archive.
 * Hosts are replaced by an address that does not answer, so that the only errors are unreachable
 * devices and brokers.
 */
@ExtendWith(SharedSite.class)
class ExamplesIT {
  /** The text between a scheme and the path or the parameters that looks like a host. */
  private static final Pattern SECRET = Pattern.compile("\\$\\{(secrets|env|directory):[^}]*}");

  private static final Pattern HOST = Pattern.compile("(?<=://)[^/?,\"]*[.][^/?,\"]*");

  /** The common part of the messages of the connection test. */
  private static final String UNREACHABLE = "(to create the connector anyway, set ";

  /** Examples name files that the reader has. */
  private static final String NO_FILE = "this worker has no such file";

  private final Site site;

  ExamplesIT(Site site) {
    this.site = site;
  }

  /** Connectors of others, in recipes for consumers, are not in the archive. */
  static Stream<DocPage.Block> blocks() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(
            block ->
                !block.text().contains("connector.class")
                    || block.text().contains("\"io.connectot."));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void configurationsOfPagesAreRightButForTheirDevices(DocPage.Block block) throws IOException {
    JsonNode json = new ObjectMapper().readTree(block.text());
    Map<String, String> config = new LinkedHashMap<>();
    // The name is in the address of the request, or next to the configuration.
    config.put("name", json.path("name").asText("example"));
    (json.has("config") ? json.required("config") : json)
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    assertRight(block.where(), config);
  }

  @Test
  void configurationsOfTheArchiveAreRightButForTheirDevices() throws IOException {
    List<Path> examples = site.plugin().examples();
    assertThat(examples).isNotEmpty();
    for (Path file : examples) {
      ConnectorFile example = ConnectorFile.read(file);
      Map<String, String> config = new LinkedHashMap<>(example.config());
      config.put("name", example.name());
      assertRight(file.getFileName().toString(), config);
    }
  }

  static Stream<Path> resources() throws IOException {
    try (Stream<Path> files =
        Files.list(DocPage.root().resolve("deploy").resolve("strimzi").resolve("connectors"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("resources")
  void configurationsOfResourcesAreRightButForTheirDevices(Path file) throws IOException {
    JsonNode resource = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    Map<String, String> config = new LinkedHashMap<>();
    config.put("name", resource.at("/metadata/name").asText());
    config.put("connector.class", resource.at("/spec/class").asText());
    config.put("tasks.max", resource.at("/spec/tasksMax").asText());
    resource
        .at("/spec/config")
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    assertRight(file.getFileName().toString(), config);
  }

  private void assertRight(String what, Map<String, String> given) {
    Map<String, String> config = new LinkedHashMap<>(given);
    // The worker of the test has no provider of secrets.
    config.replaceAll((key, value) -> withoutHosts(SECRET.matcher(value).replaceAll("secret")));
    List<String> mistakes = new ArrayList<>();
    site.rest()
        .validate(config)
        .errors()
        .forEach(
            (key, errors) ->
                errors.stream()
                    .filter(
                        error ->
                            !error.contains(UNREACHABLE)
                                && !error.contains(NO_FILE)
                                && !isLeftToTheReader(config, key))
                    .forEach(error -> mistakes.add(key + ": " + error)));
    assertThat(mistakes).as(what).isEmpty();
  }

  /** Keys and certificates are abbreviated in the documentation. */
  private static boolean isLeftToTheReader(Map<String, String> config, String key) {
    return config.getOrDefault(key, "").endsWith("…");
  }

  private static String withoutHosts(String value) {
    Matcher hosts = HOST.matcher(value);
    return hosts.replaceAll(host -> "127.0.0.1:" + Ports.free());
  }
}
