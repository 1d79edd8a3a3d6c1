// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.config.validation.ConnectorValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that are delivered with the plugin. */
class ExampleConfigurationsTest {
  record Example(String name, Map<String, String> config) {}

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("etc"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void canBeCreatedAsTheyAre(Path file) throws IOException {
    Example example =
        new ObjectMapper().readValue(Files.readString(file), new TypeReference<>() {});
    assertThat(example.config())
        .containsEntry("connector.class", "io.connectot.plc4x.Plc4xSourceConnector");
    Map<String, String> config = new java.util.HashMap<>(example.config());
    config.put("name", example.name());
    config.put("validate.connection", "false");
    assertThat(ConnectorValidator.validate(new Plc4xProtocol(), config).configValues())
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }
}
