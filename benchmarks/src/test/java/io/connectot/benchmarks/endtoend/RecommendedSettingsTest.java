// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/performance.md recommends is in the examples, and is what the benchmarks measure. */
class RecommendedSettingsTest {
  private static final Path ROOT = Path.of("..");
  private static final String BLOCK = "```properties\n";

  private static Map<String, String> recommended() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/performance.md"));
    int from = page.indexOf(BLOCK) + BLOCK.length();
    Properties settings = new Properties();
    settings.load(new StringReader(page.substring(from, page.indexOf("```", from))));
    return settings.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, settings::getProperty));
  }

  private static List<Path> examples() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .filter(module -> module.getFileName().toString().endsWith("-source"))
          .map(module -> module.resolve("etc"))
          .filter(Files::isDirectory)
          .flatMap(RecommendedSettingsTest::jsonFiles)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> jsonFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyExampleOfASourceHasThem() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(6);
    for (Path example : examples()) {
      JsonNode root = new ObjectMapper().readTree(example.toFile());
      JsonNode config = root.has("config") ? root.get("config") : root;
      recommended()
          .forEach(
              (key, value) ->
                  assertThat(config.path(key).asText())
                      .as("%s in %s", key, example)
                      .isEqualTo(value));
    }
  }

  @Test
  void benchmarksMeasureThem() throws IOException {
    assertThat(ConnectorTuning.RECOMMENDED.settings()).containsAllEntriesOf(recommended());
  }
}
