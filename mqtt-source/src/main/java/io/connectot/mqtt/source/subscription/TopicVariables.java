// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.mapping.template.Variables;
import java.util.List;

/**
 * The template variables of a topic: {@code topic}, its levels {@code topic[0]} to {@code topic[n]}
 * and {@code topic[-1]}, counted from the end, {@code 1} to {@code n} for the wildcards or the
 * groups of {@code match}, and {@code subscription}. For a message without a subscription, missing
 * variables are {@code unmatched}. Immutable.
 *
 * @param topic the topic of the message
 * @param levels of the topic
 * @param captures the values of {@code 1} to {@code n}
 * @param subscription the subscription name
 */
public record TopicVariables(
    String topic, List<String> levels, List<String> captures, String subscription)
    implements Variables {

  public TopicVariables {
    levels = List.copyOf(levels);
    captures = List.copyOf(captures);
  }

  @Override
  public String value(String name) {
    String value = find(name);
    return value == null && subscription.equals(Subscriptions.UNMATCHED)
        ? Subscriptions.UNMATCHED
        : value;
  }

  private String find(String name) {
    if (name.equals("topic")) {
      return topic;
    }
    if (name.equals("subscription")) {
      return subscription;
    }
    if (TopicVocabulary.isLevel(name)) {
      int index = TopicVocabulary.level(name);
      int level = index < 0 ? levels.size() + index : index;
      return level >= 0 && level < levels.size() ? levels.get(level) : null;
    }
    if (TopicVocabulary.isCapture(name)) {
      int capture = Integer.parseInt(name) - 1;
      return capture >= 0 && capture < captures.size() ? captures.get(capture) : null;
    }
    return null;
  }
}
