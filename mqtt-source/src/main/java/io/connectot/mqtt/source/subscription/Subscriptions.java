// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the subscriptions of a topic. Linear in the number of lines; callers cache the result. */
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
   * Finds the subscriptions of a topic: the lines with the most specific filter. Of several lines
   * with this filter, those whose {@code match} does not match are left out. Tries one after the
   * other: to be cached by the caller.
   *
   * @return not empty
   * @throws LineException when {@code match} of no such line matches the topic
   */
  public List<Match> find(String topic) throws LineException {
    List<String> levels = TopicFilter.split(topic);
    List<Match> matches = new ArrayList<>();
    LineException mismatch = null;
    TopicFilter filter = null;
    for (SubscriptionLine line : lines) {
      if (filter != null && !filter.levels().equals(line.filter().levels())) {
        break;
      }
      try {
        Optional<TopicVariables> variables = line.variables(topic, levels);
        if (variables.isPresent()) {
          filter = line.filter();
          matches.add(new Match(Optional.of(line), variables.get()));
        }
      } catch (LineException e) {
        filter = line.filter();
        mismatch = e;
      }
    }
    if (matches.isEmpty() && mismatch != null) {
      throw mismatch;
    }
    return matches.isEmpty()
        ? List.of(
            new Match(
                Optional.empty(), new TopicVariables(topic, levels, List.of(topic), UNMATCHED)))
        : matches;
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
