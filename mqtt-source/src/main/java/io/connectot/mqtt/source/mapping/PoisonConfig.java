// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.Optional;

/** The keys for messages that cannot be read. */
public final class PoisonConfig {
  public static final Key<PoisonPolicy> POISON =
      Key.choice("mqtt.poison", PoisonPolicy.class, PoisonPolicy.FAIL)
          .display("Poison messages")
          .doc(
              "What happens to a message that cannot be read in the configured format, or is too"
                  + " large: 'fail' stops the task, and the message stays with the broker, so that"
                  + " nothing is lost; 'deadletter' writes it to mqtt.deadletter.topic, with the"
                  + " reason in headers; 'skip' counts and drops it. A line can override it with"
                  + " 'poison'. Connect's errors.tolerance has no effect on such messages.");

  public static final Key<Optional<String>> DEAD_LETTER_TOPIC =
      Key.optional(
              "mqtt.deadletter.topic", null, "name of a Kafka topic", PoisonConfig::checkedTopic)
          .visibleWhen(POISON, PoisonPolicy.DEADLETTER)
          .display("Dead letter topic")
          .doc("The Kafka topic of poison messages. Needs mqtt.poison=deadletter.");

  public static final Keys KEYS = Keys.group("MQTT poison messages", POISON, DEAD_LETTER_TOPIC);

  private PoisonConfig() {}

  private static String checkedTopic(String topic) throws LineException {
    try {
      NameTemplate literal = NameTemplate.compile(topic, Vocabulary.of());
      if (TopicNames.render(literal, Variables.NONE).equals(topic)) {
        return topic;
      }
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
    throw new LineException(
        "is not a legal Kafka topic; use only letters, digits, '.', '_' and '-', without"
            + " variables");
  }

  /**
   * The contradictions between the keys.
   *
   * @param lines whether a line puts messages into the dead letter topic
   */
  public static List<ConfigError> problems(Configuration config, boolean lines) {
    boolean wanted = config.get(POISON) == PoisonPolicy.DEADLETTER;
    if ((wanted || lines) == config.get(DEAD_LETTER_TOPIC).isPresent()) {
      return List.of();
    }
    return List.of(
        new ConfigError(
            DEAD_LETTER_TOPIC,
            wanted || lines
                ? "is required with "
                    + (wanted ? "mqtt." : "")
                    + "poison=deadletter; set it to a Kafka topic"
                : "has no effect without mqtt.poison=deadletter; set that, or remove this key"));
  }
}
