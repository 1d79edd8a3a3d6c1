// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which topics the keys of a connector make, and finds topics that cannot be beside each
 * other: one topic of two keys would have two schemas, and names that differ only in {@code .} and
 * {@code _} are refused by Kafka. For one thread.
 */
public final class TopicCollisions {
  private final int maxTopics;

  /** By name, with {@code _} for {@code .}. */
  private final Map<String, Use> uses = new HashMap<>();

  private record Use(String key, String topic) {}

  /**
   * @param maxTopics further topics are only compared with those that are remembered
   */
  public TopicCollisions(int maxTopics) {
    this.maxTopics = maxTopics;
  }

  /**
   * Remembers a topic, if it can be beside the others.
   *
   * @param key the configuration key that makes the topic
   * @param topic a legal name
   * @return why it cannot be, and what to do, without the key itself; empty if it can
   */
  public Optional<String> add(String key, String topic) {
    String folded = topic.replace('.', '_');
    Use known = uses.get(folded);
    if (known == null) {
      if (uses.size() < maxTopics) {
        uses.put(folded, new Use(key, topic));
      }
      return Optional.empty();
    }
    if (!known.topic.equals(topic)) {
      return Optional.of(
          "makes the topic '"
              + topic
              + "', and "
              + known.key
              + " makes '"
              + known.topic
              + "': Kafka refuses names that differ only in '.' and '_'; rename one of them");
    }
    return known.key.equals(key)
        ? Optional.empty()
        : Optional.of(
            "makes the topic '"
                + topic
                + "', which "
                + known.key
                + " makes too: a topic has one schema; use different topics");
  }
}
