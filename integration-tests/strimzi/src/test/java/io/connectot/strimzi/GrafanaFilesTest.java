// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.strimzi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What deploy/compose gives to Grafana, which the tests do not start: fields that Grafana's
 * provisioning knows, files that are mounted where they are looked for, and a dashboard whose
 * panels have places and data sources.
 */
@Tag("full")
class GrafanaFilesTest {
  private static final Path COMPOSE = DocPage.root().resolve("deploy/compose");

  private static JsonNode yaml(String file) throws IOException {
    return StrictReader.documents(Files.readString(COMPOSE.resolve(file))).get(0);
  }

  private static JsonNode dashboard() throws IOException {
    Path file = DocPage.root().resolve("deploy/monitoring/grafana-dashboard.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void dataSourceIsThePrometheusOfTheComposeFile() throws IOException {
    JsonNode file = yaml("grafana/datasource.yml");
    assertThat(fields(file)).isEqualTo(Set.of("apiVersion", "datasources"));
    assertThat(file.path("apiVersion").isInt()).isTrue();
    JsonNode source = file.path("datasources").path(0);
    assertThat(fields(source)).isEqualTo(Set.of("name", "type", "access", "url", "isDefault"));
    assertThat(source.path("type").asText()).isEqualTo("prometheus");
    assertThat(source.path("access").asText()).isIn("proxy", "direct");
    assertThat(source.path("isDefault").asBoolean()).isTrue();
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(yaml("compose.yml").at("/services/prometheus").isObject()).isTrue();
  }

  @Test
  void dashboardIsMountedWhereItsProviderLooks() throws IOException {
    JsonNode file = yaml("grafana/dashboards.yml");
    assertThat(fields(file)).isEqualTo(Set.of("apiVersion", "providers"));
    JsonNode provider = file.path("providers").path(0);
    assertThat(fields(provider)).isEqualTo(Set.of("name", "type", "options"));
    assertThat(provider.path("type").asText()).isEqualTo("file");
    List<String> mounts = new ArrayList<>();
    for (JsonNode mount : yaml("compose.yml").at("/services/grafana/volumes")) {
      String[] parts = mount.asText().split(":", -1);
      if (parts[0].startsWith(".")) {
        assertThat(COMPOSE.resolve(parts[0])).exists();
      }
      mounts.add(parts[1]);
    }
    String folder = provider.at("/options/path").asText();
    assertThat(mounts).anyMatch(mount -> mount.matches(folder + "/[^/]+[.]json"));
    assertThat(mounts)
        .anyMatch(mount -> mount.startsWith("/etc/grafana/provisioning/datasources/"));
    assertThat(mounts).anyMatch(mount -> mount.startsWith("/etc/grafana/provisioning/dashboards/"));
  }

  @Test
  void panelsHavePlacesOfTheirOwnAndTheChosenDataSource() throws IOException {
    JsonNode dashboard = dashboard();
    assertThat(dashboard.path("uid").asText()).hasSizeBetween(1, 40);
    assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", panel).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, 24);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
          assertThat(places.add(cell)).as("%s of %s", cell, panel.path("title")).isTrue();
        }
      }
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(target.path("expr").asText()).isNotEmpty();
      }
    }
    assertThat(ids).hasSizeGreaterThan(5);
    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
  }
}
