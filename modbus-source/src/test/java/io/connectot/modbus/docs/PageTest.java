// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.modbus.ModbusSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest extends ConnectorPageTest {
  /** In the names of pages whose lines the tests of other connectors check. */
  private static final List<String> OTHERS = List.of("mqtt", "opcua", "plc4x");

  @TempDir Path directory;

  PageTest() {
    super(new ModbusSourceConnector(), "docs/modbus.md", Scope.DEVICES);
  }

  Stream<DocPage.Block> lines() {
    return DocPage.all().stream()
        .filter(page -> OTHERS.stream().noneMatch(page.path()::contains))
        .flatMap(page -> page.blocks("properties").stream())
        .filter(block -> block.text().contains("devices.") || block.text().contains("tags."));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) {
    examples.assertAccepted(block.where(), completed(Examples.lines(block)));
  }

  Stream<Arguments> cells() {
    return DocPage.all().stream()
        .flatMap(
            page ->
                Stream.concat(
                    arguments("devices.press1", page.column("Device URL")),
                    arguments("tags.temperature", page.column("Tag line"))));
  }

  private static Stream<Arguments> arguments(String key, List<DocPage.Cell> cells) {
    return cells.stream()
        .flatMap(cell -> cell.code().stream().map(text -> Arguments.of(cell.where(), key, text)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void linesInTablesAreUnderstood(String where, String key, String line) {
    Map<String, String> config = new HashMap<>();
    config.put(key, line);
    examples.assertAccepted(where + " " + line, completed(config));
  }

  List<DocPage> pagesWithFiles() {
    return DocPage.all().stream().filter(page -> !page.blocks("csv").isEmpty()).toList();
  }

  /** All files of a page belong to one connector. */
  @ParameterizedTest
  @MethodSource("pagesWithFiles")
  void filesAreUnderstood(DocPage page) throws IOException {
    Map<String, String> config = new HashMap<>();
    for (DocPage.Block block : page.blocks("csv")) {
      boolean devices = block.text().lines().findFirst().orElse("").contains("url");
      Path file = directory.resolve(devices ? "devices.csv" : "tags.csv");
      Files.writeString(file, block.text());
      assertThat(config.put(devices ? "devices.file" : "tags.file", file.toString()))
          .as(block.where())
          .isNull();
    }
    examples.assertAccepted(page.path(), completed(config));
  }

  private static Map<String, String> completed(Map<String, String> config) {
    config.putIfAbsent("topic", "plant.${device}");
    if (config.keySet().stream().noneMatch(key -> key.startsWith("devices."))) {
      config.put("devices.press1", "tcp://10.0.0.5");
      config.put("devices.press2", "tcp://10.0.0.6");
    }
    config.put("tags.of_every_device", "holding:0");
    return config;
  }
}
