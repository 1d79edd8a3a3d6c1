// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.DeliveryConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.config.converter.RecordContent;
import io.connectot.core.config.validation.UnknownKeys;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.sparkplug.source.record.EdgeRecords;
import io.connectot.sparkplug.source.session.SparkplugDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of the Sparkplug source. Immutable. */
public final class SparkplugSourceConfig {
  /** The column {@code protocol} of its records. */
  public static final String PROTOCOL = "sparkplug";

  private static final Vocabulary TOPIC_VARIABLES =
      Vocabulary.MEASUREMENT.plus(Set.of("group", "node"), name -> false);

  private static final Key<String> TOPIC =
      MappingConfig.TOPIC
          .parsedBy(
              "template, e.g. plant.${group}",
              text -> {
                topic(text);
                return text;
              })
          .doc(
              "Kafka topic of the values, with the variables ${group}, ${node}, ${device}"
                  + " (group/node or group/node/device), ${tag}, ${path} and ${protocol}."
                  + " Characters of their values that a topic name cannot have become '_'.");

  private static final Keys KEYS =
      Keys.of(
          MappingConfig.KEYS.with(TOPIC),
          HostConfig.KEYS,
          ReportConfig.KEYS,
          ConnectionConfig.KEYS
              .with(
                  ConnectionConfig.QUALITY_ON_DISCONNECT
                      .defaultsTo(false)
                      .display("Mark values as bad without a connection")
                      .doc(
                          "Whether every tag gets one record of quality BAD when the connection to"
                              + " its broker is lost. When it is back, rebirths are requested; in"
                              + " the role 'passive' the next value comes when it changes, or with"
                              + " the next birth of its edge node. The deaths of edge nodes and"
                              + " devices make their tags BAD in any case."))
              .with(
                  ConnectionConfig.VALIDATE_CONNECTION.doc(
                      "Whether creating or changing the connector connects to the brokers first and"
                          + " is refused when none responds. Set it to false to create a connector"
                          + " before its brokers exist.")),
          BufferConfig.KEYS,
          DeliveryConfig.KEYS,
          MqttConnectionConfig.CLEAN_KEYS
              .with(
                  MqttConnectionConfig.BROKERS.doc(
                      "The broker as tcp://host:1883, ssl://host:8883, ws://host:80/mqtt or"
                          + " wss://host:443/mqtt; these ports and paths are the defaults. Several"
                          + " brokers, separated by commas, are connected at the same time, as"
                          + " Sparkplug has it for edge nodes that change between them."))
              .with(
                  MqttConnectionConfig.CLIENT_ID.doc(
                      "The client id. Default: the name of the connector. Two clients with the same"
                          + " id disconnect each other.")));

  private final Configuration keys;
  private final MqttConnectionConfig connection;

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong, or keys contradict each other, naming all
   */
  public SparkplugSourceConfig(Map<String, String> props) {
    this(Configuration.parse(definition(), props));
    ConfigErrors.throwIfAny(problems());
  }

  private SparkplugSourceConfig(Configuration keys) {
    this.keys = keys;
    this.connection = new MqttConnectionConfig(keys);
  }

  /**
   * Reads a configuration without checking for contradictions: those are {@link #problems}.
   *
   * @throws ConfigException when a key is wrong by itself
   */
  public static SparkplugSourceConfig unchecked(Map<String, String> props) {
    return new SparkplugSourceConfig(Configuration.parse(definition(), props));
  }

  /** All keys. */
  public static ConfigDef definition() {
    return KEYS.definition();
  }

  /** Unknown keys that look like misspelled ones, with suggestions. */
  public static List<ConfigError> unknownKeys(Map<String, String> props) {
    return new UnknownKeys(definition().names(), List.of("sparkplug.", "mqtt.", "ssl."), List.of())
        .check(props);
  }

  private static NameTemplate topic(String text) throws LineException {
    try {
      return TopicNames.compile(text, TOPIC_VARIABLES);
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  /** The contradictions between keys. */
  public List<ConfigError> problems() {
    ConfigErrors problems = new ConfigErrors();
    connection.problems().forEach(problems::add);
    ConnectionConfig.check(keys).forEach(problems::add);
    DeliveryConfig.check(keys).forEach(problems::add);
    MappingConfig.check(keys).forEach(problems::add);
    ReportConfig.check(keys).forEach(problems::add);
    HostConfig.check(keys).forEach(problems::add);
    if (keys.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      problems.add(
          new ConfigError(
              MappingConfig.RECORD_LAYOUT,
              "row needs a scan that reads all tags of a device at once, which Sparkplug does not"
                  + " have; use measurement or value"));
    }
    checkTopics(problems);
    converterRules().errors().forEach(problems::add);
    return problems.list();
  }

  private void checkTopics(ConfigErrors problems) {
    String topic = keys.get(TOPIC);
    for (Key<Optional<NameTemplate>> other :
        List.of(MappingConfig.STATUS_TOPIC, MappingConfig.GAP_TOPIC)) {
      if (keys.get(other).filter(known -> known.toString().equals(topic)).isPresent()) {
        problems.add(
            new ConfigError(
                other, "is the same as " + TOPIC + ", but a topic has one kind of record"));
      }
    }
    Optional<NameTemplate> status = keys.get(MappingConfig.STATUS_TOPIC);
    if (status.isPresent()
        && keys.get(MappingConfig.GAP_TOPIC)
            .filter(gaps -> gaps.toString().equals(status.get().toString()))
            .isPresent()) {
      problems.add(
          new ConfigError(
              MappingConfig.GAP_TOPIC,
              "is the same as "
                  + MappingConfig.STATUS_TOPIC
                  + ", but a topic has one kind of record"));
    }
  }

  private ConverterRules converterRules() {
    ConverterRules rules = new ConverterRules(keys);
    if (keys.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.MEASUREMENT) {
      rules.makes(RecordContent.STRUCT, MappingConfig.RECORD_LAYOUT + "=measurement");
    }
    for (Key<Optional<NameTemplate>> events :
        List.of(MappingConfig.STATUS_TOPIC, MappingConfig.GAP_TOPIC)) {
      if (keys.get(events).isPresent()) {
        rules.makes(RecordContent.STRUCT, events.name());
      }
    }
    return rules;
  }

  /** The values of the keys. */
  public Configuration keys() {
    return keys;
  }

  /** The connection to the brokers. */
  public MqttConnectionConfig connection() {
    return connection;
  }

  /** The layout of records. */
  public MappingSettings mapping() {
    try {
      return new MappingSettings(
          keys.get(MappingConfig.RECORD_LAYOUT),
          keys.get(MappingConfig.RECORD_KEY),
          topic(keys.get(TOPIC)),
          MappingConfig.origin(keys, PROTOCOL),
          MappingConfig.form(keys));
    } catch (LineException e) {
      throw TOPIC.error(keys.get(TOPIC), e.getMessage());
    }
  }

  /** The host itself, once for each broker: its status is that of the connection. */
  public List<Device<Object>> hosts() {
    List<BrokerAddress> brokers = connection.brokers();
    String name = keys.get(HostConfig.HOST_ID);
    List<Device<Object>> hosts = new ArrayList<>();
    for (BrokerAddress broker : brokers) {
      String number = brokers.size() == 1 ? "" : "-" + (hosts.size() + 1);
      hosts.add(new Device<>(name + number, broker.toString(), broker, Map.of()));
    }
    return hosts;
  }

  /** The driver of the task. */
  public SparkplugDriver driver() {
    Optional<TlsFactory> tls = connection.tls();
    MqttClientSettings settings = new MqttClientSettings(keys, clientId(), Duration.ZERO);
    return new SparkplugDriver(
        new SparkplugDriver.Host(
            keys.get(HostConfig.HOST_ID),
            keys.get(HostConfig.ROLE),
            keys.get(HostConfig.GROUPS),
            HostConfig.settings(keys),
            HostConfig.followKafka(keys),
            keys.get(HostConfig.QUEUE_BYTES),
            Map.copyOf(keys.kafka().originals())),
        new EdgeRecords(mapping(), ReportConfig.policy(keys)),
        clientId(),
        keys.get(MqttConnectionConfig.CONNECT_TIMEOUT),
        () -> new PahoTransportFactory(settings, tls));
  }

  /** The client id. */
  public String clientId() {
    return connection.clientId().orElseGet(() -> keys.connectorName().orElse(PROTOCOL));
  }
}
