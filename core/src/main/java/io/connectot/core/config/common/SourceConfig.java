// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of a source connector: the keys all have, and those of its protocol. */
public final class SourceConfig extends AbstractConfig {
  private static final Keys KEYS =
      Keys.of(
          MappingConfig.KEYS,
          InventoryConfig.KEYS,
          PollingConfig.KEYS,
          ReportConfig.KEYS,
          ConnectionConfig.KEYS,
          BufferConfig.KEYS,
          DeliveryConfig.KEYS);

  private final Protocol protocol;
  private final Configuration keys;

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong or keys contradict each other, naming them
   */
  public SourceConfig(Protocol protocol, Map<String, String> props) {
    this(definition(protocol), protocol, props);
    ConfigErrors.throwIfAny(errors());
  }

  private SourceConfig(ConfigDef definition, Protocol protocol, Map<String, String> props) {
    super(definition, props, false);
    this.protocol = protocol;
    this.keys = new Configuration(this);
  }

  /** Reads a configuration without checking it for {@link #errors}. */
  public static SourceConfig unchecked(
      ConfigDef definition, Protocol protocol, Map<String, String> props) {
    return new SourceConfig(definition, protocol, props);
  }

  /** The keys of a connector of {@code protocol}, without the device and tag lines. */
  public static ConfigDef definition(Protocol protocol) {
    ConfigDef definition = KEYS.definition();
    protocol.defineConfig(definition);
    return definition;
  }

  /** The value of a key. */
  public <T> T get(Key<T> key) {
    return keys.get(key);
  }

  /** How records are shaped. */
  public MappingSettings mapping() {
    String topic = get(MappingConfig.TOPIC);
    try {
      return new MappingSettings(
          get(MappingConfig.RECORD_LAYOUT),
          get(MappingConfig.RECORD_KEY),
          NameTemplate.compile(topic, topicVocabulary()),
          MappingConfig.origin(keys, protocol.name()),
          MappingConfig.form(keys));
    } catch (IllegalArgumentException e) {
      throw MappingConfig.TOPIC.error(topic, e.getMessage());
    }
  }

  /** The values of all keys. */
  public Configuration keys() {
    return keys;
  }

  /** The contradictions between the keys. */
  public List<ConfigError> errors() {
    List<ConfigError> errors = new ArrayList<>();
    errors.addAll(MappingConfig.check(keys));
    errors.addAll(ReportConfig.check(keys));
    errors.addAll(ConnectionConfig.check(keys));
    errors.addAll(DeliveryConfig.check(keys));
    try {
      TopicNames.compile(get(MappingConfig.TOPIC), topicVocabulary());
    } catch (IllegalArgumentException e) {
      errors.add(new ConfigError(MappingConfig.TOPIC, e.getMessage()));
    }
    return errors;
  }

  private Vocabulary topicVocabulary() {
    return get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW
        ? Vocabulary.DEVICE
        : Vocabulary.MEASUREMENT.plus(
            protocol.topicVariables(), protocol.topicVariables()::contains);
  }
}
