// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on the box. With {@code -Ddocs.update} its table is written anew. */
class EdgePageTest {
  private static final DocPage PAGE = DocPage.of("docs/edge.md");

  @TempDir Path directory;

  @Test
  void keysAreThoseOfTheCode() {
    StringBuilder table = new StringBuilder("| Key | Default | Meaning |\n|---|---|---|\n");
    for (Map.Entry<String, EdgeKeys.Entry> key : EdgeKeys.all().entrySet()) {
      String value = key.getValue().defaultValue();
      table
          .append("| `")
          .append(key.getKey())
          .append("` | ")
          .append(value.isEmpty() ? "" : "`" + value + "`")
          .append(" | ")
          .append(key.getValue().documentation())
          .append(" |\n");
    }
    PAGE.assertGenerated("keys", table.toString());
  }

  @Test
  void metricsAreThoseOfTheCode() {
    StringBuilder table = new StringBuilder("| Metric | Meaning |\n|---|---|\n");
    for (EdgeMetric metric : EdgeMetric.values()) {
      table
          .append("| `")
          .append(metric.exportedName())
          .append("` | ")
          .append(metric.documentation())
          .append(" |\n");
    }
    PAGE.assertGenerated("metrics", table.toString());
  }

  @Test
  void theExampleCanBeUsed() throws Exception {
    DocPage.Block example =
        PAGE.blocks("properties").stream()
            .filter(block -> block.before().equals("<!-- configuration -->"))
            .findFirst()
            .orElseThrow();
    Path file = directory.resolve("edge.properties");
    Files.writeString(file, example.text());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    EdgeConfig config = EdgeConfig.read(file);
    assertThat(config.goesUp("plant.press1")).isTrue();
    assertThat(UplinkConnectors.of(config)).containsOnlyKeys("uplink", "downlink");
  }

  @Test
  void namesTheHeapsOfTheProgram() throws Exception {
    String program = Files.readString(Path.of("src/main/dist/bin/ot-edge"));
    for (String process : new String[] {"kafka", "worker", "uplink"}) {
      String heap = EdgeKeys.defaultOf("memory." + process);
      assertThat(program).contains("value 'memory\\." + process + "' " + heap);
      assertThat(PAGE.lines())
          .anyMatch(
              line ->
                  line.startsWith("| `" + process + "`")
                      && line.endsWith(heap.replace("m", " MB |")));
    }
  }
}
