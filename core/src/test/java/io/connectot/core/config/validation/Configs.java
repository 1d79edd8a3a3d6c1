// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.spi.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/** Configurations for tests. */
public final class Configs {
  /** As a value, takes the key away. */
  public static final String ABSENT = "(absent)";

  private static final Map<String, String> WORKING =
      Map.of(
          "name", "presses",
          "connector.class", "io.connectot.fake.FakeSourceConnector",
          "tasks.max", "2",
          "topic", "plant.${device}",
          "devices.press1", "fake://10.0.0.5",
          "devices.press2", "fake://10.0.0.6:503",
          "tags.temperature", "reg:100 float32 order=CDAB scale=0.1 unit=°C",
          "tags.running", "reg:1 boolean");

  private Configs() {}

  /** A configuration of two devices and two tags that works, with changes: key, value, ... */
  public static Map<String, String> with(String... changes) {
    Map<String, String> props = new LinkedHashMap<>(WORKING);
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1].equals(ABSENT)) {
        props.remove(changes[i]);
      } else {
        props.put(changes[i], changes[i + 1]);
      }
    }
    return props;
  }

  /** One device, and the tags only of a file. */
  public static Map<String, String> withTags(Path file) {
    return with("tags.file", file.toString(), "tags.temperature", ABSENT, "tags.running", ABSENT);
  }

  public static Path file(Path directory, String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a configuration, by key. */
  static Map<String, List<String>> errors(Map<String, String> props) {
    return errors(new FakeProtocol(), props);
  }

  /** What is wrong with a configuration, by key. */
  static Map<String, List<String>> errors(Protocol protocol, Map<String, String> props) {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (ConfigValue value : ConnectorValidator.validate(protocol, props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }
}
