// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.TagText;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code subscriptions.<name>} line: {@code <topic filter> [option=value ...]}. Immutable.
 *
 * @param subscription the broker's part
 * @param filter the topic filter
 * @param match source of {@code ${1}} to {@code ${n}} instead of the wildcards
 */
public record SubscriptionLine(
    SourceSubscription subscription, TopicFilter filter, Optional<Pattern> match) {

  /** The options that this class reads. */
  public static final List<String> OPTIONS = List.of("qos", "retained", "match");

  /**
   * A parsed line and its remaining options.
   *
   * @param options the options not read here
   */
  public record Parsed(SubscriptionLine line, LineOptions options) {}

  /**
   * Parses a line.
   *
   * @param defaults values for absent options
   * @throws LineException when it cannot work
   */
  public static Parsed parse(String name, String text, Configuration defaults)
      throws LineException {
    TagText words = TagText.parse(text);
    if (words.type().isPresent()) {
      throw new LineException(
          "'"
              + words.type().get()
              + "' is not an option; write <topic filter> [option=value ...], and a filter that"
              + " holds blanks in quotes");
    }
    TopicFilter filter = TopicFilter.parse(words.address());
    LineOptions options = new LineOptions(words.options());
    int qos = options.integer("qos", 0, 2).orElse(defaults.get(SubscriptionConfig.QOS));
    Optional<RetainedPolicy> retained = options.choice("retained", RetainedPolicy.class);
    return new Parsed(
        new SubscriptionLine(
            new SourceSubscription(
                name,
                filter.text(),
                defaults.get(SubscriptionConfig.QOS2).asked(qos),
                retained.orElse(defaults.get(SubscriptionConfig.RETAINED))),
            filter,
            pattern(options.text("match"))),
        options);
  }

  private static Optional<Pattern> pattern(Optional<String> text) throws LineException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(text.get()));
    } catch (PatternSyntaxException e) {
      throw new LineException(
          "match=" + text.get() + ": is not a regular expression: " + e.getDescription());
    }
  }

  /** The subscription name. */
  public String name() {
    return subscription.name();
  }

  /** The line for messages without a subscription: accepts any template. */
  public static SubscriptionLine unmatched(Configuration defaults) {
    return new SubscriptionLine(
        new SourceSubscription(
            Subscriptions.UNMATCHED, "#", 0, defaults.get(SubscriptionConfig.RETAINED)),
        new TopicFilter("#", Optional.empty(), List.of("#")),
        Optional.empty());
  }

  /** Whether this is the line for messages without a subscription. */
  public boolean isUnmatched() {
    return name().equals(Subscriptions.UNMATCHED);
  }

  /**
   * Compiles a template over the topics of this subscription.
   *
   * @throws LineException when no topic has the variables of the template
   */
  public NameTemplate template(String text, Vocabulary vocabulary) throws LineException {
    try {
      if (isUnmatched()) {
        return NameTemplate.compile(text, TopicVocabulary.MEASUREMENT);
      }
      NameTemplate template = NameTemplate.compile(text, vocabulary);
      TopicVocabulary.check(template, filter, groups());
      return template;
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  /**
   * Compiles a template for Kafka topics.
   *
   * @throws LineException when it cannot render a legal topic
   */
  public NameTemplate topicTemplate(String text, Vocabulary vocabulary) throws LineException {
    NameTemplate template = template(text, vocabulary);
    Variables sample = TopicVocabulary.sample(filter, groups(), name());
    try {
      TopicNames.check(template);
      TopicNames.render(template, sample.or(others -> "x"));
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
    return template;
  }

  private int groups() {
    return match.map(pattern -> pattern.matcher("").groupCount()).orElse(filter.wildcards());
  }

  /**
   * The template variables of a topic.
   *
   * @param levels those of {@code topic}
   * @return empty when the filter does not match the topic
   * @throws LineException when the filter matches but {@code match} does not
   */
  Optional<TopicVariables> variables(String topic, List<String> levels) throws LineException {
    Optional<List<String>> captures = filter.captures(levels);
    if (captures.isEmpty()) {
      return Optional.empty();
    }
    List<String> groups = match.isEmpty() ? captures.get() : groups(match.get(), topic);
    return Optional.of(new TopicVariables(topic, levels, groups, name()));
  }

  private static List<String> groups(Pattern pattern, String topic) throws LineException {
    Matcher matcher = pattern.matcher(topic);
    if (!matcher.matches()) {
      throw new LineException(
          "the topic matches the filter, but not match="
              + pattern
              + "; extend the expression, or narrow the filter");
    }
    List<String> groups = new ArrayList<>(matcher.groupCount());
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }
}
