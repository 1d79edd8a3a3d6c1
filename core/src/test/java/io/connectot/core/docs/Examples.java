// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Examples of one connector: in the documentation and delivered with the plugin. They have to pass
 * its validation unchanged.
 *
 * @param connectorClass the class of the connector
 * @param validation the connector's validation, which must not connect with {@code
 *     validate.connection=false}
 */
public record Examples(String connectorClass, Function<Map<String, String>, Config> validation) {

  /** A delivered configuration in the format of the REST API. */
  private record Delivered(String name, Map<String, String> config) {}

  /** The JSON examples of all pages. */
  public Stream<DocPage.Block> json() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(block -> block.text().contains('"' + connectorClass + '"'));
  }

  /** The example configurations of the module, in whose folder its tests run. */
  public static List<Path> delivered() {
    try (Stream<Path> files = Files.list(Path.of("etc"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks that a JSON example is accepted unchanged. */
  public void assertJson(DocPage.Block block) {
    Map<String, String> config = read(block.text(), new TypeReference<>() {});
    assertThat(config).containsEntry("connector.class", connectorClass);
    assertAccepted(block.where(), config);
  }

  /** Checks that a delivered configuration is accepted unchanged. */
  public void assertDelivered(Path file) throws IOException {
    Delivered example = read(Files.readString(file), new TypeReference<>() {});
    Map<String, String> config = new HashMap<>(example.config());
    assertThat(config).containsEntry("connector.class", connectorClass);
    config.put("name", example.name());
    assertAccepted(file.toString(), config);
    if (config.containsKey("status.topic")) {
      assertCompactsStatuses(file.toString(), config);
    }
  }

  /** The lines of an example of a part of a configuration, to be completed by the caller. */
  public static Map<String, String> lines(DocPage.Block block) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(block.text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new HashMap<>();
    lines.forEach((key, value) -> config.put(key.toString(), value.toString()));
    return config;
  }

  /**
   * Checks that a configuration creates its status topic compacted, and no other topic.
   *
   * @param what describes it in messages
   */
  public static void assertCompactsStatuses(String what, Map<String, String> config) {
    String group = "topic.creation." + config.get("topic.creation.groups");
    assertThat(config)
        .as(what)
        .containsKeys(
            "topic.creation.default.partitions", "topic.creation.default.replication.factor")
        .containsEntry(group + ".cleanup.policy", "compact");
    assertThat(config.get("status.topic")).as(what).matches(config.get(group + ".include"));
    assertThat(config.get("gap.topic")).as(what).doesNotMatch(config.get(group + ".include"));
    assertThat(config.getOrDefault("topic", "plant.press1"))
        .as(what)
        .doesNotMatch(config.get(group + ".include"));
  }

  /**
   * Checks that a configuration is accepted.
   *
   * @param what describes it in messages
   */
  public void assertAccepted(String what, Map<String, String> given) {
    Map<String, String> config = new HashMap<>(given);
    // As a worker does that has the config provider.
    config.replaceAll((key, value) -> value.replaceAll("\\$\\{secrets:[^}]*}", "secret"));
    config.put("validate.connection", "false");
    assertThat(validation.apply(config).configValues())
        .as(what)
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return new ObjectMapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
