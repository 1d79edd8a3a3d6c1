// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The values of a connector's keys. Immutable and thread-safe. */
public final class Configuration {
  private final AbstractConfig kafka;
  private final Map<String, ?> values;
  private final Map<String, Object> originals;

  /** Reads keys from a parsed configuration. */
  public Configuration(AbstractConfig config) {
    this.kafka = config;
    this.values = config.values();
    this.originals = config.originals();
  }

  /**
   * Parses a configuration.
   *
   * @throws ConfigException when a value is not valid
   */
  public static Configuration parse(ConfigDef definition, Map<String, ?> props) {
    return new Configuration(new AbstractConfig(definition, props, false));
  }

  /**
   * The value of a key, or its default. Parses the value, so keep what is needed often.
   *
   * @throws ConfigException when the connector does not define the key
   */
  public <T> T get(Key<T> key) {
    if (!values.containsKey(key.name())) {
      throw new ConfigException("The connector does not define " + key);
    }
    return key.read(values.get(key.name()));
  }

  /** The value of a key, or its default, also where the connector does not define the key. */
  public <T> T getOrDefault(Key<T> key) {
    return values.containsKey(key.name()) ? get(key) : key.read(key.parsedDefault());
  }

  /** Whether a key is set, be it to its default. */
  public boolean isSet(Key<?> key) {
    return originals.containsKey(key.name());
  }

  /** The value of a key as it is written; null if it is not set. */
  String text(String key) {
    return Objects.toString(originals.get(key), null);
  }

  /** Whether a key is set to something other than its default. */
  public boolean isChanged(Key<?> key) {
    return isSet(key) && !Objects.equals(values.get(key.name()), key.parsedDefault());
  }

  /** An exception that blames the value of a key. */
  public ConfigException error(Key<?> key, String message) {
    return key.error(values.get(key.name()), message);
  }

  /** The name of the connector, if it has one. */
  public Optional<String> connectorName() {
    return Optional.ofNullable(originals.get("name")).map(Object::toString);
  }

  /**
   * What is written under the keys that begin with a prefix, by the rest of their names and in
   * their order; a value may be null.
   */
  public SortedMap<String, String> lines(String prefix) {
    SortedMap<String, String> lines = new TreeMap<>();
    originals.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            lines.put(name.substring(prefix.length()), Objects.toString(value, null));
          }
        });
    return lines;
  }

  /** The configuration as Kafka has it. */
  public AbstractConfig kafka() {
    return kafka;
  }
}
