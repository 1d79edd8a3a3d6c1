// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.quickstart.ConnectorFile;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
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
 * Every configuration in the documentation and in the archive, sent to a worker that has the
 * archive, as it is but for the hosts: instead of machines that only their authors know, one that
 * surely does not answer. So the only complaints are that the devices and brokers are not there.
 */
@ExtendWith(SharedSite.class)
class ExamplesIT {
  /** What follows a scheme up to the path or the parameters, and looks like a host. */
  private static final Pattern HOST = Pattern.compile("(?<=://)[^/?,\"]*[.][^/?,\"]*");

  /** What messages of the connection test have in common. */
  private static final String UNREACHABLE = "(to create the connector all the same, set ";

  private final Site site;

  ExamplesIT(Site site) {
    this.site = site;
  }

  static Stream<DocPage.Block> blocks() {
    return DocPage.all().stream().flatMap(page -> page.blocks("json").stream());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void configurationsOfPagesAreRightButForTheirDevices(DocPage.Block block) throws IOException {
    JsonNode json = new ObjectMapper().readTree(block.text());
    Map<String, String> config = new LinkedHashMap<>();
    // Whoever creates a connector has its name in the address, or beside the configuration.
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

  private void assertRight(String what, Map<String, String> given) {
    Map<String, String> config = new LinkedHashMap<>(given);
    config.replaceAll((key, value) -> withoutHosts(value));
    List<String> mistakes = new ArrayList<>();
    site.rest()
        .validate(config)
        .errors()
        .forEach(
            (key, errors) ->
                errors.stream()
                    .filter(
                        error -> !error.contains(UNREACHABLE) && !isLeftToTheReader(config, key))
                    .forEach(error -> mistakes.add(key + ": " + error)));
    assertThat(mistakes).as(what).isEmpty();
  }

  /** Keys and certificates are abbreviated. */
  private static boolean isLeftToTheReader(Map<String, String> config, String key) {
    return config.getOrDefault(key, "").endsWith("…");
  }

  private static String withoutHosts(String value) {
    Matcher hosts = HOST.matcher(value);
    return hosts.replaceAll(host -> "127.0.0.1:" + Ports.free());
  }
}
