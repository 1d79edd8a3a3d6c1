// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.TopicNames;
import io.connectot.core.mapping.Variables;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.spi.LineException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys that say what becomes of messages that cannot be read. */
public final class PoisonConfig {
  public static final String POISON = "mqtt.poison";
  public static final String DEAD_LETTER_TOPIC = "mqtt.deadletter.topic";

  private static final String GROUP = "MQTT poison messages";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public PoisonConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.choice(POISON, PoisonPolicy.class, PoisonPolicy.FAIL)
        .group(GROUP)
        .displayName("Poison messages")
        .dependents(DEAD_LETTER_TOPIC)
        .doc(
            "What becomes of a message that cannot be read as its subscription asks: 'fail' stops"
                + " the task, and the message stays with the broker, so that nothing is lost"
                + " before somebody decided; 'deadletter' puts it into mqtt.deadletter.topic as it"
                + " came, with the reason in headers; 'skip' counts and drops it.")
        .addTo(definition);
    Option.of(DEAD_LETTER_TOPIC, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("name of a Kafka topic", PoisonConfig::checkTopic))
        .recommender(VisibleWhen.is(POISON, "deadletter"))
        .group(GROUP)
        .displayName("Dead letter topic")
        .doc("The Kafka topic of poison messages. Needs mqtt.poison=deadletter.")
        .addTo(definition);
    return definition;
  }

  private static void checkTopic(String text) throws LineException {
    String topic = text.trim();
    try {
      Template literal = Template.compile(topic, Vocabulary.of());
      if (TopicNames.render(literal, Variables.NONE).equals(topic)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
    throw new LineException(
        "is no legal Kafka topic; use letters, digits, '.', '_' and '-' only, and no variables");
  }

  /** What becomes of poison messages. */
  public PoisonPolicy policy() {
    return Choice.get(config, POISON, PoisonPolicy.class);
  }

  /** Where dead letters go. */
  public Optional<String> deadLetterTopic() {
    return Optional.ofNullable(config.getString(DEAD_LETTER_TOPIC))
        .map(String::trim)
        .filter(text -> !text.isEmpty());
  }

  /** What the keys contradict each other in. */
  public List<ConfigError> problems() {
    boolean wanted = policy() == PoisonPolicy.DEADLETTER;
    if (wanted == deadLetterTopic().isPresent()) {
      return List.of();
    }
    return List.of(
        new ConfigError(
            DEAD_LETTER_TOPIC,
            wanted
                ? "is missing, which mqtt.poison=deadletter needs; name a Kafka topic"
                : "has no effect without mqtt.poison=deadletter; add that, or remove this"));
  }
}
