// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.DocPage.Block;
import io.connectot.core.docs.Examples;
import io.connectot.mqtt.source.mapping.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of the recipes make the records of the page. Written with {@code -Ddocs.update}. */
class RecipesTest {
  private static final String PATH = "docs/mqtt-recipes.md";
  private static final DocPage PAGE = DocPage.of(PATH);
  private static final String MARKER = "<!-- generated: ";

  /**
   * A message of the page.
   *
   * @param lines the subscription lines above it
   * @param topic the first line of its block
   * @param part the name of the generated part below it
   */
  record Recipe(Map<String, String> lines, String topic, String payload, String part) {
    @Override
    public String toString() {
      return part;
    }
  }

  static Stream<Recipe> recipes() {
    List<String> parts =
        PAGE.lines().stream()
            .filter(line -> line.startsWith(MARKER))
            .map(line -> line.substring(MARKER.length(), line.indexOf(" -->")))
            .toList();
    List<Recipe> recipes = new ArrayList<>();
    Map<String, String> lines = Map.of();
    for (Block block : PAGE.blocks()) {
      if (block.language().equals("properties")) {
        lines = Examples.lines(block);
      } else {
        int end = block.text().indexOf('\n');
        recipes.add(
            new Recipe(
                lines,
                block.text().substring("// ".length(), end),
                block.text().substring(end + 1).strip(),
                parts.get(recipes.size())));
      }
    }
    assertThat(recipes).hasSameSizeAs(parts);
    return recipes.stream();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void messagesMakeTheRecordsOfThePage(Recipe recipe) throws Exception {
    Map<String, String> config = new HashMap<>(recipe.lines());
    config.put("mqtt.brokers", "tcp://broker.example");
    config.put("topic", "plant");
    List<List<String>> rows = new Measured(config).rows(recipe.topic(), recipe.payload());
    DocPage.of(PATH).assertGenerated(recipe.part(), "\n" + table(rows) + "\n");
  }

  private static String table(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return "No record.\n";
    }
    StringBuilder table =
        new StringBuilder(
            """
            | Device | Tag | Value | Unit | Time | Quality | Status |
            |---|---|---|---|---|---|---|
            """);
    for (List<String> row : rows) {
      for (String cell : row) {
        table.append(cell.isEmpty() ? "| " : "| " + cell + " ");
      }
      table.append("|\n");
    }
    return table.toString();
  }
}
