// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.FlinkSql;
import io.connectot.consumers.fixture.Recipes;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The recipe for Iceberg, with tables in a directory. */
@Tag("peers")
class IcebergIT {
  private static final String TEMPERATURE = "acme/munich/press1/temperature";

  @Test
  void tablesReturnTheGapOfAnOutage() throws IOException {
    Path lake = Files.createTempDirectory(Path.of("target"), "lake").toAbsolutePath();
    try (Sources sources = new Sources();
        Site site = Consumers.start();
        RecordReader gaps = site.reader("gaps")) {
      site.create("press", sources.connector("press", Recipes.properties("json with schemas")), 1);
      JsonNode gap = Outage.of("press", sources, site, gaps);
      for (String topic : List.of("measurements", "gaps")) {
        site.create("iceberg-" + topic, sink(topic, lake), 1);
        Consumers.awaitTrue(
            site,
            "a snapshot of the table of " + topic,
            () -> hasSnapshot(lake.resolve("plant").resolve(topic)));
      }

      List<List<String>> rows =
          FlinkSql.run(
              Recipes.text("iceberg values with gaps").replace("file:///lake", "file://" + lake));

      assertThat(rows.stream().filter(row -> row.get(0).equals(TEMPERATURE)).toList())
          .filteredOn(row -> Outage.isLastValueBefore(gap, row))
          .as("values before the gap, of %s", rows)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get(2)).isEqualTo("20.5");
                assertThat(row.get(4)).isEqualTo(Outage.time(gap, "gap_start"));
                assertThat(row.get(6)).isEqualTo(gap.path("cause").asText());
              });
    }
  }

  /** The recipe for a topic, with commits at once. */
  private static Map<String, String> sink(String topic, Path lake) {
    Map<String, String> config = Recipes.connector("iceberg sink");
    config.replaceAll((key, value) -> value.replace("measurements", topic));
    config.put("iceberg.catalog.warehouse", "file://" + lake);
    config.put("iceberg.control.commit.interval-ms", "1000");
    return config;
  }

  private static boolean hasSnapshot(Path table) throws IOException {
    if (!Files.exists(table.resolve("metadata"))) {
      return false;
    }
    try (Stream<Path> files = Files.list(table.resolve("metadata"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("snap-"));
    }
  }
}
