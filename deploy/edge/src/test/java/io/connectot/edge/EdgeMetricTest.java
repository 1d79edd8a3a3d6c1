// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeMetricTest {
  @TempDir Path directory;

  @Test
  void figuresHaveNamesTypesAndTheBoxAsLabel() {
    Map<EdgeMetric, Long> figures = new EnumMap<>(EdgeMetric.class);
    figures.put(EdgeMetric.DISK_USED, 42L);
    figures.put(EdgeMetric.RECORDS_LOST, 7L);
    assertThat(EdgeMetric.lines("munich", figures))
        .containsExactly(
            "# HELP connectot_edge_disk_used_bytes Size of Kafka's data",
            "# TYPE connectot_edge_disk_used_bytes gauge",
            "connectot_edge_disk_used_bytes{edge=\"munich\"} 42",
            "# HELP connectot_edge_disk_records_lost_total Deleted records that the central cluster"
                + " did not have",
            "# TYPE connectot_edge_disk_records_lost_total counter",
            "connectot_edge_disk_records_lost_total{edge=\"munich\"} 7");
  }

  @Test
  void figuresAreShownOnceThereAreSome() throws Exception {
    Path file = directory.resolve("metrics");
    EdgeMetricsResource resource = new EdgeMetricsResource(file);
    try (Response none = resource.metrics()) {
      assertThat(none.getStatus()).isEqualTo(503);
    }
    Files.writeString(file, "connectot_edge_disk_used_bytes 42\n");
    try (Response some = resource.metrics()) {
      assertThat(some.getStatus()).isEqualTo(200);
      assertThat(some.getEntity()).isEqualTo("connectot_edge_disk_used_bytes 42\n");
    }
  }
}
