// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.spi.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of a source connector: the keys all have, and those of its protocol. */
public final class SourceConfig extends AbstractConfig {
  private final Protocol protocol;
  private final MappingConfig mapping;
  private final PollingConfig polling;
  private final Configuration keys;
  private final ConnectionConfig connection;
  private final InventoryConfig inventory;

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong or keys contradict each other, naming them
   */
  public SourceConfig(Protocol protocol, Map<String, String> props) {
    this(definition(protocol), protocol, props);
    ConfigErrors.throwIfAny(problems());
  }

  private SourceConfig(ConfigDef definition, Protocol protocol, Map<String, String> props) {
    super(definition, props, false);
    this.protocol = protocol;
    this.mapping = new MappingConfig(this);
    this.polling = new PollingConfig(this);
    this.keys = new Configuration(this);
    this.connection = new ConnectionConfig(this);
    this.inventory = new InventoryConfig(this);
  }

  /** Reads a configuration without looking for contradictions: those are {@link #problems}. */
  static SourceConfig unchecked(
      ConfigDef definition, Protocol protocol, Map<String, String> props) {
    return new SourceConfig(definition, protocol, props);
  }

  /** All keys a connector of {@code protocol} takes, without the device and tag lines. */
  public static ConfigDef definition(Protocol protocol) {
    ConfigDef definition = new ConfigDef();
    MappingConfig.addTo(definition);
    InventoryConfig.addTo(definition);
    PollingConfig.addTo(definition);
    ReportConfig.KEYS.addTo(definition);
    ConnectionConfig.addTo(definition);
    BufferConfig.KEYS.addTo(definition);
    protocol.defineConfig(definition);
    return definition;
  }

  /** How records are shaped. */
  public MappingSettings mapping() {
    return new MappingSettings(
        mapping.recordLayout(),
        mapping.recordKey(),
        compile(MappingConfig.TOPIC, mapping.topic(), topicVocabulary()),
        mapping.unsPath(),
        protocol.name());
  }

  /** The topic of device states and gaps. */
  public Optional<Template> statusTopic() {
    return mapping
        .statusTopic()
        .map(text -> compile(MappingConfig.STATUS_TOPIC, text, Vocabulary.DEVICE));
  }

  public RecordLayout recordLayout() {
    return mapping.recordLayout();
  }

  /** How often a tag is read unless its line says otherwise. */
  public Duration pollInterval() {
    return polling.pollInterval();
  }

  /** The most connections a task reads at the same time. */
  public int pollThreads() {
    return polling.pollThreads();
  }

  /** When a value is worth a record unless the tag's line says otherwise. */
  public ReportPolicy reportPolicy() {
    return ReportConfig.policy(keys);
  }

  public int bufferMaxRecords() {
    return keys.get(BufferConfig.MAX_RECORDS);
  }

  public long bufferMaxBytes() {
    return keys.get(BufferConfig.MAX_BYTES);
  }

  /** The first pause before another attempt to connect. */
  public Duration reconnectBackoff() {
    return connection.reconnectBackoff();
  }

  /** The longest pause, not shorter than the first. */
  public Duration reconnectBackoffMax() {
    return connection.reconnectBackoffMax();
  }

  /** Whether the tags of a device that goes offline turn BAD. */
  public boolean qualityOnDisconnect() {
    return connection.qualityOnDisconnect();
  }

  /** Whether {@code validate()} connects. */
  public boolean validateConnection() {
    return connection.validateConnection();
  }

  /** The keys that name devices and tags. */
  InventoryConfig inventory() {
    return inventory;
  }

  /** What the keys contradict each other in. */
  List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>();
    problems.addAll(ReportConfig.check(keys));
    problems.addAll(connection.problems());
    checkTemplate(MappingConfig.TOPIC, mapping.topic(), topicVocabulary(), problems);
    mapping
        .statusTopic()
        .ifPresent(
            text -> checkTemplate(MappingConfig.STATUS_TOPIC, text, Vocabulary.DEVICE, problems));
    return problems;
  }

  private Vocabulary topicVocabulary() {
    return mapping.recordLayout() == RecordLayout.ROW
        ? Vocabulary.DEVICE
        : Vocabulary.MEASUREMENT.plus(
            protocol.topicVariables(), protocol.topicVariables()::contains);
  }

  private static void checkTemplate(
      String key, String text, Vocabulary vocabulary, List<ConfigError> problems) {
    try {
      Template.compile(text, vocabulary);
    } catch (IllegalArgumentException e) {
      problems.add(new ConfigError(key, e.getMessage()));
    }
  }

  private static Template compile(String key, String text, Vocabulary vocabulary) {
    try {
      return Template.compile(text, vocabulary);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, text, e.getMessage());
    }
  }
}
