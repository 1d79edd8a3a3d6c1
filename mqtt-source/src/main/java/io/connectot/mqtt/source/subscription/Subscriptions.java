// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.spi.LineException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the subscription of a topic. Linear in the number of lines; callers cache the result. */
public final class Subscriptions {
  /** The value of variables of messages without a subscription. */
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
   * The subscription of a topic and its template variables.
   *
   * @param line empty for a message of an earlier configuration's subscription
   */
  public record Match(Optional<SubscriptionLine> line, TopicVariables variables) {}

  /**
   * Finds the subscription of a topic. Tries one after the other: to be cached by the caller.
   *
   * @throws LineException when {@code match} of the subscription does not match the topic
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

  /** The name of the first line with a matching filter. */
  public Optional<String> nameOf(String topic) {
    List<String> levels = TopicFilter.split(topic);
    return lines.stream()
        .filter(line -> line.filter().captures(levels).isPresent())
        .map(SubscriptionLine::name)
        .findFirst();
  }
}
