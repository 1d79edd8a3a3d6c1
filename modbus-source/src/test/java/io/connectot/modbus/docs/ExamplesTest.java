// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.Examples;
import io.connectot.modbus.ModbusProtocol;
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

/** Every example in the documentation passes validation as it stands there. */
class ExamplesTest {
  private static final Examples EXAMPLES =
      new Examples(
          ModbusSourceConnector.class.getName(),
          config -> ConnectorValidator.validate(new ModbusProtocol(), config));

  @TempDir Path directory;

  static Stream<DocPage.Block> json() {
    return EXAMPLES.json();
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) {
    EXAMPLES.assertJson(block);
  }

  static List<Path> delivered() {
    return Examples.delivered();
  }

  @ParameterizedTest
  @MethodSource("delivered")
  void deliveredConnectorsCanBeCreated(Path file) throws IOException {
    EXAMPLES.assertDelivered(file);
  }

  static Stream<DocPage.Block> lines() {
    return DocPage.all().stream()
        .filter(page -> !page.path().contains("mqtt") && !page.path().contains("opcua"))
        .flatMap(page -> page.blocks("properties").stream())
        .filter(block -> block.text().contains("devices.") || block.text().contains("tags."));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) {
    EXAMPLES.assertAccepted(block.where(), completed(Examples.lines(block)));
  }

  static Stream<Arguments> cells() {
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
    EXAMPLES.assertAccepted(where + " " + line, completed(config));
  }

  static List<DocPage> pagesWithFiles() {
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
    EXAMPLES.assertAccepted(page.path(), completed(config));
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
