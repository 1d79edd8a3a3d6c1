// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.spi.LineException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which subscription a message came by. Of several whose filters match, the most exact one; of
 * equally exact ones the first by name. A broker that delivers a message once per subscription
 * hands the same subscription all its copies. Immutable.
 */
public final class Subscriptions {
  /** What the variables of a message are called that no subscription is known for. */
  public static final String UNMATCHED = "unmatched";

  private final List<SubscriptionLine> lines;

  public Subscriptions(List<SubscriptionLine> lines) {
    this.lines =
        lines.stream()
            .sorted(
                Comparator.comparing(SubscriptionLine::filter, TopicFilter.MOST_EXACT_FIRST)
                    .thenComparing(SubscriptionLine::name))
            .toList();
  }

  /**
   * The subscription of a topic and what it gives to templates.
   *
   * @param line empty when a subscription of an earlier configuration must have brought the message
   */
  public record Match(Optional<SubscriptionLine> line, TopicVariables variables) {}

  /**
   * Finds the subscription of a topic. Tries one after the other: to be cached by the caller.
   *
   * @throws LineException when its {@code match} does not match the topic
   */
  public Match find(String topic) throws LineException {
    List<String> levels = TopicFilter.split(topic);
    for (SubscriptionLine line : lines) {
      Optional<TopicVariables> variables = line.variables(topic, levels);
      if (variables.isPresent()) {
        return new Match(Optional.of(line), variables.get());
      }
    }
    return new Match(
        Optional.empty(), new TopicVariables(topic, levels, List.of(topic), UNMATCHED));
  }

  /** The name of the line whose filter matches a topic. */
  public Optional<String> nameOf(String topic) {
    List<String> levels = TopicFilter.split(topic);
    return lines.stream()
        .filter(line -> line.filter().captures(levels).isPresent())
        .map(SubscriptionLine::name)
        .findFirst();
  }
}
