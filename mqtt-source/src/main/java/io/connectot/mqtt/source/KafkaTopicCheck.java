// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLine;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.mapping.template.TopicCollisions;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.mapping.PoisonConfig;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds Kafka topics of different keys that are the same, as far as they are known before there are
 * messages. For one thread.
 */
final class KafkaTopicCheck {
  private static final int MAX_TOPICS = 10_000;

  private final Configuration keys;
  private final TopicCollisions topics = new TopicCollisions(MAX_TOPICS);
  private final List<ConfigError> problems = new ArrayList<>();

  private KafkaTopicCheck(Configuration keys) {
    this.keys = keys;
  }

  static List<ConfigError> problems(Configuration keys) {
    return new KafkaTopicCheck(keys).find();
  }

  private List<ConfigError> find() {
    add(MappingConfig.TOPIC.name(), keys.get(MappingConfig.TOPIC));
    keys.get(MappingConfig.STATUS_TOPIC)
        .ifPresent(topic -> add(MappingConfig.STATUS_TOPIC.name(), topic.toString()));
    keys.get(MappingConfig.GAP_TOPIC)
        .ifPresent(topic -> add(MappingConfig.GAP_TOPIC.name(), topic.toString()));
    keys.get(PoisonConfig.DEAD_LETTER_TOPIC)
        .ifPresent(topic -> add(PoisonConfig.DEAD_LETTER_TOPIC.name(), topic));
    SubscriptionConfig.lines(keys, new ConfigErrors()).forEach(this::addLine);
    return problems;
  }

  private void addLine(ConfigLine line) {
    try {
      SubscriptionLine.parse(line.name(), line.text() == null ? "" : line.text(), keys)
          .options()
          .text(MappingConfig.TOPIC.name())
          .ifPresent(
              topic ->
                  add(line.location().of(line.name()), MappingConfig.TOPIC.name(), topic.trim()));
    } catch (LineException e) {
      // Reported with the line itself.
      return;
    }
  }

  private void add(String key, String template) {
    add(ConfigLocation.inline(key), key, template);
  }

  /**
   * @param location to be blamed
   * @param kind a topic belongs to one
   */
  private void add(ConfigLocation location, String kind, String template) {
    topics.add(kind, template).ifPresent(message -> problems.add(location.error(message)));
  }
}
