// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

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
import io.connectot.core.config.converter.ConverterClass;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.config.converter.RecordContent;
import io.connectot.core.config.validation.UnknownKeys;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.source.dryrun.DryRun;
import io.connectot.mqtt.source.dryrun.DryRunConfig;
import io.connectot.mqtt.source.mapping.DeadLetterForm;
import io.connectot.mqtt.source.mapping.DeadLetters;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.MapperSettings;
import io.connectot.mqtt.source.mapping.MessageCounts;
import io.connectot.mqtt.source.mapping.PoisonConfig;
import io.connectot.mqtt.source.mapping.PoisonPolicy;
import io.connectot.mqtt.source.mapping.SubscriptionMessageMapper;
import io.connectot.mqtt.source.mapping.SubscriptionPlan;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.payload.config.PayloadConfig;
import io.connectot.mqtt.source.session.MqttDriver;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SubscriptionAssignment;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of the MQTT source. Immutable. */
public final class MqttSourceConfig {
  /** Default time that a broker keeps the session of a disconnected connector. */
  private static final Duration SESSION_EXPIRY = Duration.ofHours(24);

  private static final String TOPIC_DOC =
      "The Kafka topic, unless a line says otherwise with 'topic', with the variables ${topic} (the"
          + " MQTT topic), ${topic[0]} (its first level; ${topic[-1]} the last), ${1} (what the"
          + " first wildcard of the filter stands for, or the first group of 'match') and"
          + " ${subscription}; for measurements also ${device}, ${tag}, ${path} and ${protocol}."
          + " Characters of their values that a topic name cannot have become '_'.";

  private static final Keys KEYS =
      Keys.of(
          MappingConfig.KEYS.with(MappingConfig.TOPIC.doc(TOPIC_DOC)),
          SubscriptionConfig.KEYS,
          PayloadConfig.KEYS,
          PoisonConfig.KEYS,
          DryRunConfig.KEYS,
          ReportConfig.KEYS,
          ConnectionConfig.KEYS
              .with(
                  ConnectionConfig.QUALITY_ON_DISCONNECT
                      .defaultsTo(false)
                      .display("Mark values as bad without a connection")
                      .doc(
                          "Whether every tag of a measurement gets one record of quality BAD when"
                              + " the connection to the broker is lost, so that no consumer takes"
                              + " its last value for a live one."))
              .with(
                  ConnectionConfig.VALIDATE_CONNECTION.doc(
                      "Whether creating or changing the connector connects to a broker first and is"
                          + " refused when none responds. Set it to false to create a connector"
                          + " before its broker exists.")),
          SessionConfig.KEYS,
          BufferConfig.KEYS,
          DeliveryConfig.KEYS,
          MqttConnectionConfig.KEYS.with(
              MqttConnectionConfig.SESSION_EXPIRY.defaultsTo(SESSION_EXPIRY.toMillis())));

  private static final String ONLY_NEW_NEEDS = "only-new needs mqtt.version=5; use take or skip";

  private final Configuration keys;
  private final MqttConnectionConfig connection;
  private final SubscriptionPlans plans;

  /**
   * Reads a configuration.
   *
   * @throws ConfigException when a key is wrong, or keys or lines contradict each other, naming all
   */
  public MqttSourceConfig(Map<String, String> props) {
    this(Configuration.parse(definition(), props));
    ConfigErrors.throwIfAny(problems());
  }

  private MqttSourceConfig(Configuration keys) {
    this.keys = keys;
    this.connection = new MqttConnectionConfig(keys);
    this.plans = SubscriptionPlans.read(keys, connection.endpoint());
  }

  /**
   * Reads a configuration without checking for contradictions: those are {@link #problems}.
   *
   * @throws ConfigException when a key is wrong by itself
   */
  public static MqttSourceConfig unchecked(Map<String, String> props) {
    return new MqttSourceConfig(Configuration.parse(definition(), props));
  }

  /** All keys, without the {@code subscriptions.<name>} lines. */
  public static ConfigDef definition() {
    return KEYS.definition();
  }

  /** Unknown keys that look like misspelled ones, with suggestions. */
  public static List<ConfigError> unknownKeys(Map<String, String> props) {
    return new UnknownKeys(
            definition().names(), List.of("mqtt.", "ssl."), List.of(SubscriptionConfig.PREFIX))
        .check(props);
  }

  /** The contradictions between keys, and the errors of the lines. */
  public List<ConfigError> problems() {
    ConfigErrors problems = new ConfigErrors();
    connection.problems().forEach(problems::add);
    ConnectionConfig.check(keys).forEach(problems::add);
    DeliveryConfig.check(keys).forEach(problems::add);
    PoisonConfig.problems(keys, plans.haveDeadLetters()).forEach(problems::add);
    MappingConfig.check(keys).forEach(problems::add);
    ReportConfig.check(keys).forEach(problems::add);
    if (keys.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      problems.add(
          new ConfigError(
              MappingConfig.RECORD_LAYOUT,
              "row needs a scan that reads all tags of a device at once, which MQTT does not have;"
                  + " use measurement or value"));
    }
    plans.problems().forEach(problems::add);
    KafkaTopicCheck.problems(keys).forEach(problems::add);
    checkRetained(problems);
    converterRules().errors().forEach(problems::add);
    return problems.list();
  }

  /** What the connector makes, for the converters that it names. */
  private ConverterRules converterRules() {
    ConverterRules rules = new ConverterRules(keys);
    contents().forEach(rules::makes);
    for (Key<Optional<NameTemplate>> topic :
        List.of(MappingConfig.STATUS_TOPIC, MappingConfig.GAP_TOPIC)) {
      if (keys.get(topic).isPresent()) {
        rules.makes(RecordContent.STRUCT, topic.name());
      }
    }
    if (keys.get(PoisonConfig.DEAD_LETTER_TOPIC).isPresent()) {
      rules.makes(deadLetterForm().content(), PoisonConfig.DEAD_LETTER_TOPIC.name());
    }
    return rules;
  }

  /** What the lines make of payloads, with the first line of each. */
  private Map<RecordContent, String> contents() {
    Map<RecordContent, String> contents = new EnumMap<>(RecordContent.class);
    for (SubscriptionPlan plan : plans.ofLines()) {
      plan.payload()
          .content()
          .ifPresent(content -> contents.putIfAbsent(content, plans.location(plan.name()).text()));
    }
    return contents;
  }

  private void checkRetained(ConfigErrors problems) {
    if (connection.version() == MqttVersion.V5) {
      return;
    }
    for (SourceSubscription subscription : subscriptions()) {
      if (subscription.retained() == RetainedPolicy.ONLY_NEW) {
        problems.add(
            keys.get(SubscriptionConfig.RETAINED) == RetainedPolicy.ONLY_NEW
                ? new ConfigError(SubscriptionConfig.RETAINED, ONLY_NEW_NEEDS)
                : error(subscription, ONLY_NEW_NEEDS));
        return;
      }
    }
  }

  /** An error about a subscription, at its line. */
  ConfigError error(SourceSubscription subscription, String message) {
    return plans.location(subscription.name()).error(message);
  }

  /** The subscriptions in the order of their names. */
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
   * @param counts counts the messages that become no ordinary record
   */
  public InboundMessageMapper newMapper(MessageCounts counts) {
    return mapper(plans.byName(), counts);
  }

  private InboundMessageMapper mapper(Map<String, SubscriptionPlan> byName, MessageCounts counts) {
    return new SubscriptionMessageMapper(
        new MapperSettings(
            plans.lookup(),
            byName,
            keys.get(PayloadConfig.MAX_BYTES),
            keys.get(PoisonConfig.POISON),
            deadLetters()),
        counts);
  }

  private Optional<DeadLetters> deadLetters() {
    return keys.get(PoisonConfig.DEAD_LETTER_TOPIC)
        .map(
            topic ->
                new DeadLetters(
                    topic,
                    connectorName(),
                    new MessageHeaders(
                        keys.get(MappingConfig.RECORD_HEADERS),
                        connectorName(),
                        connection.endpoint()),
                    deadLetterForm(),
                    ConverterRules.limit(keys)));
  }

  /** Dead letters are bytes where the converter is known to take bytes, else text. */
  private DeadLetterForm deadLetterForm() {
    Optional<ConverterClass> converter = ConverterRules.valueConverter(keys);
    boolean bytes =
        converter.isPresent()
            ? converter.get().isBytesOnly()
            : contents().containsKey(RecordContent.BYTES);
    return bytes ? DeadLetterForm.BYTES : DeadLetterForm.BASE64;
  }

  /**
   * What a dry run shows. Only for a configuration without problems and with a test message.
   *
   * @param nowNanos the time of receipt, epoch nanoseconds
   */
  public DryRun.Result dryRun(long nowNanos) {
    String topic = keys.get(DryRunConfig.TOPIC).orElseThrow();
    if (plans.lookup().nameOf(topic).isEmpty()) {
      return new DryRun.Result(
          List.of(),
          List.of(new ConfigError(DryRunConfig.TOPIC, "no subscription matches this topic")));
    }
    Map<String, SubscriptionPlan> strict = new HashMap<>();
    plans.byName().forEach((name, plan) -> strict.put(name, plan.with(PoisonPolicy.FAIL)));
    return new DryRun(keys, mapping(), mapper(strict, new MessageCounts())).run(nowNanos);
  }

  /** The values of the keys. */
  public Configuration keys() {
    return keys;
  }

  /** The connection to the brokers. */
  public MqttConnectionConfig connection() {
    return connection;
  }

  /** The layout of status records, and of measurements unless a line overrides it. */
  public MappingSettings mapping() {
    return new MappingSettings(
        keys.get(MappingConfig.RECORD_LAYOUT),
        keys.get(MappingConfig.RECORD_KEY),
        NameTemplate.compile("${device}", Vocabulary.DEVICE),
        MappingConfig.origin(keys, MessageHeaders.MQTT),
        MappingConfig.form(keys));
  }

  /** How tasks share the subscriptions. */
  public SubscriptionAssignment assignment(int tasks) {
    return new SubscriptionAssignment(
        clientIds(), keys.get(SessionConfig.SCALE), tasks, subscriptions());
  }

  /** The driver of one task. */
  public MqttDriver driver() {
    Optional<TlsFactory> tls = connection.tls();
    return new MqttDriver(
        keys,
        this::assignment,
        metrics -> newMapper(new MessageCounts(metrics::add)),
        settings -> new PahoTransportFactory(settings, tls));
  }

  /** The name of the connector; {@code mqtt-source} outside of a worker. */
  public String connectorName() {
    return keys.connectorName().orElse("mqtt-source");
  }

  /** The client ids of the tasks. */
  public ClientIds clientIds() {
    return connection.clientIds(connectorName());
  }
}
