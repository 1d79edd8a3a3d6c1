// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.BufferConfig;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.ConnectionConfig;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.config.validation.UnknownKeys;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.MapperSettings;
import io.connectot.mqtt.source.mapping.MessageCounts;
import io.connectot.mqtt.source.mapping.PoisonConfig;
import io.connectot.mqtt.source.mapping.SourceMessageMapper;
import io.connectot.mqtt.source.payload.PayloadConfig;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of the MQTT source. Immutable. */
public final class MqttSourceConfig extends AbstractConfig {
  /** How long a broker keeps the session of a connector that is away, unless told otherwise. */
  private static final Duration SESSION_EXPIRY = Duration.ofHours(24);

  private static final String TOPIC_DOC =
      "The Kafka topic, unless a line says otherwise with 'topic', with the variables ${topic} (the"
          + " MQTT topic), ${topic[0]} (its first level; ${topic[-1]} the last), ${1} (what the"
          + " first wildcard of the filter stands for, or the first group of 'match') and"
          + " ${subscription}; for measurements also ${device}, ${tag}, ${path} and ${protocol}."
          + " Characters that a topic name cannot hold become '_'.";

  private static final String VALIDATE_DOC =
      "Whether creating or changing the connector connects to a broker first and is refused when"
          + " none answers. Set it to false to create a connector before its broker is there.";

  private final Configuration keys;
  private final MqttConnectionConfig connection;
  private final SubscriptionPlans plans;

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong, or keys or lines cannot work, naming them all
   */
  public MqttSourceConfig(Map<String, String> props) {
    this(definition(), props);
    ConfigErrors.throwIfAny(problems());
  }

  private MqttSourceConfig(ConfigDef definition, Map<String, String> props) {
    super(definition, props, false);
    this.keys = new Configuration(this);
    this.connection = new MqttConnectionConfig(keys);
    this.plans = SubscriptionPlans.read(keys, endpoint());
  }

  /**
   * Reads a configuration without looking for contradictions: those are {@link #problems}.
   *
   * @throws ConfigException when a key is wrong by itself
   */
  public static MqttSourceConfig unchecked(Map<String, String> props) {
    return new MqttSourceConfig(definition(), props);
  }

  /** All keys, without the subscription lines. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    MappingConfig.KEYS.with(MappingConfig.TOPIC.doc(TOPIC_DOC)).addTo(definition);
    SubscriptionConfig.KEYS.addTo(definition);
    PayloadConfig.KEYS.addTo(definition);
    PoisonConfig.KEYS.addTo(definition);
    ConnectionConfig.KEYS
        .without(ConnectionConfig.QUALITY_ON_DISCONNECT)
        .with(ConnectionConfig.VALIDATE_CONNECTION.doc(VALIDATE_DOC))
        .addTo(definition);
    SessionConfig.KEYS.addTo(definition);
    BufferConfig.KEYS.addTo(definition);
    return MqttConnectionConfig.addTo(
        definition,
        MqttConnectionConfig.KEYS.with(
            MqttConnectionConfig.SESSION_EXPIRY.defaultsTo(SESSION_EXPIRY.toMillis())));
  }

  /** The keys that nobody reads and that are wrong, each with what may have been meant. */
  public static List<ConfigError> unknownKeys(Map<String, String> props) {
    return new UnknownKeys(
            definition().names(), List.of("mqtt.", "ssl."), List.of(SubscriptionConfig.PREFIX))
        .check(props);
  }

  /** What keys contradict each other in, and what is wrong with the lines. */
  public List<ConfigError> problems() {
    ConfigErrors problems = new ConfigErrors();
    connection.problems().forEach(problems::add);
    ConnectionConfig.check(keys).forEach(problems::add);
    PoisonConfig.problems(keys).forEach(problems::add);
    if (keys.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      problems.add(
          new ConfigError(
              MappingConfig.RECORD_LAYOUT,
              "row needs a scan that reads all tags of a device at once, which MQTT does not have;"
                  + " write measurement or value"));
    }
    plans.problems().forEach(problems::add);
    checkRetained(problems);
    return problems.list();
  }

  private void checkRetained(ConfigErrors problems) {
    if (connection.version() == MqttVersion.V5) {
      return;
    }
    for (SourceSubscription subscription : subscriptions()) {
      if (subscription.retained() == RetainedPolicy.ONLY_NEW) {
        problems.add(
            new ConfigError(
                keys.get(SubscriptionConfig.RETAINED) == RetainedPolicy.ONLY_NEW
                    ? SubscriptionConfig.RETAINED.name()
                    : SubscriptionConfig.PREFIX + subscription.name(),
                "only-new needs mqtt.version=5; write take or skip"));
        return;
      }
    }
  }

  /** What to subscribe to, in the order of the names. */
  public List<SourceSubscription> subscriptions() {
    return plans.subscriptions();
  }

  /** A mapper of messages, for one thread. */
  public InboundMessageMapper newMapper() {
    return newMapper(new MessageCounts());
  }

  /**
   * A mapper of messages, for one thread.
   *
   * @param counts is told what becomes of messages beside records
   */
  public InboundMessageMapper newMapper(MessageCounts counts) {
    return new SourceMessageMapper(
        new MapperSettings(
            plans.lookup(),
            plans.byName(),
            keys.get(PayloadConfig.MAX_BYTES),
            keys.get(PoisonConfig.POISON),
            keys.get(PoisonConfig.DEAD_LETTER_TOPIC),
            connectorName(),
            endpoint()),
        counts);
  }

  /** The values of the keys. */
  public Configuration keys() {
    return keys;
  }

  /** How records of the status topic are shaped. */
  public MappingSettings eventSettings() {
    return new MappingSettings(
        keys.get(MappingConfig.RECORD_LAYOUT),
        keys.get(MappingConfig.RECORD_KEY),
        Template.compile("${device}", Vocabulary.DEVICE),
        keys.get(MappingConfig.UNS_PATH),
        "mqtt");
  }

  /** How to reach the brokers. */
  public MqttConnectionConfig connection() {
    return connection;
  }

  /** The name of the connector; {@code mqtt-source} outside of a worker. */
  public String connectorName() {
    Object name = originals().get("name");
    return name == null ? "mqtt-source" : name.toString();
  }

  /** The client id without what tells tasks apart. */
  public String baseClientId() {
    return connection.clientId().orElse(connectorName());
  }

  /** The brokers as records name them. */
  public String endpoint() {
    return connection.brokers().stream().map(Object::toString).collect(Collectors.joining(","));
  }

  /** The topic of states and gaps, over {@link Vocabulary#DEVICE}. */
  public Optional<Template> statusTopic() {
    return keys.get(MappingConfig.STATUS_TOPIC);
  }

  public int bufferMaxRecords() {
    return keys.get(BufferConfig.MAX_RECORDS);
  }

  public long bufferMaxBytes() {
    return keys.get(BufferConfig.MAX_BYTES);
  }

  /** The first pause before another attempt to connect. */
  public Duration reconnectBackoff() {
    return keys.get(ConnectionConfig.RECONNECT_BACKOFF);
  }

  /** The longest pause, not shorter than the first. */
  public Duration reconnectBackoffMax() {
    return keys.get(ConnectionConfig.RECONNECT_BACKOFF_MAX);
  }

  /** Whether {@code validate()} connects. */
  public boolean validateConnection() {
    return keys.get(ConnectionConfig.VALIDATE_CONNECTION);
  }
}
