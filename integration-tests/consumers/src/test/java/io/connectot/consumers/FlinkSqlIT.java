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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The recipe for Flink SQL, over the topics of a Modbus device with an outage. */
@Tag("peers")
class FlinkSqlIT {
  private static final String TEMPERATURE = "acme/munich/press1/temperature";

  @Test
  void queriesReturnTheGapAndTheDeviceOfAKilledWorker() throws IOException {
    try (Sources sources = new Sources();
        Site site = Consumers.start();
        RecordReader gaps = site.reader("gaps");
        RecordReader statuses = site.reader("device_status")) {
      Map<String, String> config =
          sources.connector("press", Recipes.properties("json without schemas"));
      config.put("status.heartbeat.ms", "1000");
      site.create("press", config, 1);
      JsonNode gap = Outage.of("press", sources, site, gaps);
      site.worker().kill();
      long validUntil = lastValidUntil(statuses);
      Consumers.awaitTrue("the last state to end", () -> System.currentTimeMillis() > validUntil);

      List<List<String>> rows =
          FlinkSql.run(
              (Recipes.text("flink tables")
                      + Recipes.text("flink values with gaps")
                      + Recipes.text("flink states"))
                  .replace("kafka:9092", site.bootstrapServers()));

      List<List<String>> values =
          rows.stream().filter(row -> row.get(0).equals(TEMPERATURE)).toList();
      assertThat(values)
          .filteredOn(row -> Outage.isLastValueBefore(gap, row))
          .as("values before the gap, of %s", values)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get(2)).isEqualTo("20.5");
                assertThat(row.get(4)).isEqualTo(Outage.time(gap, "gap_start"));
                assertThat(row.get(6)).isEqualTo(gap.path("cause").asText());
              });
      assertThat(values).anyMatch(row -> row.get(5).equals("null"));
      assertThat(rows)
          .filteredOn(row -> row.get(0).equals("acme/munich/press1"))
          .singleElement()
          .satisfies(row -> assertThat(row.get(1)).isEqualTo("UNKNOWN"));
    }
  }

  private static long lastValidUntil(RecordReader statuses) {
    return statuses.awaitAll("a state", Duration.ofSeconds(30), all -> !all.isEmpty()).stream()
        .mapToLong(record -> record.json().path("valid_until").asLong())
        .max()
        .orElseThrow();
  }
}
