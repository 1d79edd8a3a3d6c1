// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.config.ConnectorValidator;
import io.connectot.core.docs.DocPage;
import io.connectot.modbus.ModbusProtocol;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the documentation passes validation as it stands there. */
class ExamplesTest {
  private static final String CONNECTOR = "io.connectot.modbus.ModbusSourceConnector";

  @TempDir Path directory;

  static Stream<DocPage.Block> json() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(block -> block.text().contains('"' + CONNECTOR + '"'));
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) throws IOException {
    Map<String, String> config =
        new ObjectMapper().readValue(block.text(), new TypeReference<>() {});
    assertThat(config.get("connector.class")).isEqualTo(CONNECTOR);
    assertAccepted(block.where(), config);
  }

  static Stream<DocPage.Block> lines() {
    return DocPage.all().stream()
        .filter(page -> !page.path().contains("mqtt"))
        .flatMap(page -> page.blocks("properties").stream())
        .filter(block -> block.text().contains("devices.") || block.text().contains("tags."));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void linesAreUnderstood(DocPage.Block block) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(block.text()));
    Map<String, String> config = new HashMap<>();
    lines.forEach((key, value) -> config.put(key.toString(), value.toString()));
    assertAccepted(block.where(), completed(config));
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
    assertAccepted(where + " " + line, completed(config));
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
    assertAccepted(page.path(), completed(config));
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

  private static void assertAccepted(String what, Map<String, String> given) {
    Map<String, String> config = new HashMap<>(given);
    config.put("validate.connection", "false");
    assertThat(ConnectorValidator.validate(new ModbusProtocol(), config).configValues())
        .as(what)
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }
}
