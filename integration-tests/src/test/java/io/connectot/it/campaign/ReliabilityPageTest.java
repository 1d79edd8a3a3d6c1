// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {
  private static final List<Row> ROWS =
      List.of(
          new Row(
              "worker killed", "MQTT", 12_000, 12_345, 0, 0, 0, 345, 0, Duration.ofMillis(4_260)),
          new Row("cut", "PLC4X (S7)", 80, 60, 0, 0, 20, 0, 1, null));

  @Test
  void alignsItsColumns() {
    assertThat(Table.of(ROWS))
        .containsExactly(
            "| fault         | connector  |   sent | received | lost | lost by peer | reported |"
                + " duplicated | gaps | recovered after |",
            "|:--------------|:-----------|-------:|---------:|-----:|-------------:|---------:|-----------:|-----:|"
                + "----------------:|",
            "| worker killed | MQTT       | 12,000 |   12,345 |    0 |            0 |        0 |   "
                + "     345 |    0 |           4.3 s |",
            "| cut           | PLC4X (S7) |     80 |       60 |    0 |            0 |       20 |   "
                + "       0 |    1 |           never |");
  }

  @Test
  void replacesOnlyTheLinesBetweenTheMarkers() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "reliability.md"));

    String once = ReliabilityPage.replaced(page, "campaign", List.of("one"));
    String twice = ReliabilityPage.replaced(once, "campaign", List.of("two", "three"));

    assertThat(twice).contains("\n\ntwo\nthree\n\n<!--").doesNotContain("\none\n");
    assertThat(twice.lines().findFirst()).isEqualTo(page.lines().findFirst());
    assertThat(twice).endsWith(page.substring(page.lastIndexOf("<!--")));
    assertThat(ReliabilityPage.replaced(twice, "campaign", List.of("one"))).isEqualTo(once);
  }

  @Test
  void rejectsAPageWithoutMarkers() {
    assertThatThrownBy(() -> ReliabilityPage.replaced("# Reliability\n", "campaign", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("campaign");
  }
}
