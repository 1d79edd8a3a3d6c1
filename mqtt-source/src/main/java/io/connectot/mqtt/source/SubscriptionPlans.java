// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import io.connectot.core.spi.Suggestion;
import io.connectot.mqtt.source.mapping.SubscriptionPlan;
import io.connectot.mqtt.source.payload.LineSettings;
import io.connectot.mqtt.source.payload.PayloadSettings;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.Subscriptions;
import io.connectot.mqtt.source.subscription.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The subscription lines of a configuration. Immutable. */
final class SubscriptionPlans {
  private final List<SubscriptionLine> lines;
  private final Map<String, SubscriptionPlan> plans;
  private final List<ConfigError> problems;

  private SubscriptionPlans(
      List<SubscriptionLine> lines,
      Map<String, SubscriptionPlan> plans,
      List<ConfigError> problems) {
    this.lines = List.copyOf(lines);
    this.plans = Map.copyOf(plans);
    this.problems = List.copyOf(problems);
  }

  /** Reads the valid lines; the errors are {@link #problems}. */
  static SubscriptionPlans read(Configuration config, String endpoint) {
    return new Reader(config, endpoint).read();
  }

  /** The subscriptions in order of their names. */
  List<SourceSubscription> subscriptions() {
    return lines.stream().map(SubscriptionLine::subscription).toList();
  }

  Subscriptions lookup() {
    return new Subscriptions(lines);
  }

  Map<String, SubscriptionPlan> byName() {
    return plans;
  }

  List<ConfigError> problems() {
    return problems;
  }

  /** Parses the lines. For one thread. */
  private static final class Reader {
    private final Configuration config;
    private final String endpoint;
    private final List<SubscriptionLine> lines = new ArrayList<>();
    private final Map<String, SubscriptionPlan> plans = new HashMap<>();
    private final List<ConfigError> problems = new ArrayList<>();

    Reader(Configuration config, String endpoint) {
      this.config = config;
      this.endpoint = endpoint;
    }

    SubscriptionPlans read() {
      Map<String, String> texts = SubscriptionConfig.lines(config);
      if (texts.isEmpty()) {
        problems.add(
            new ConfigError(
                SubscriptionConfig.LINES,
                "there are no subscriptions: add a line subscriptions.<name>=<topic filter> for"
                    + " each"));
      }
      readUnmatched();
      texts.forEach(this::read);
      return new SubscriptionPlans(lines, plans, problems);
    }

    private void read(String name, String text) {
      String key = SubscriptionConfig.PREFIX + name;
      try {
        checkName(name);
        SubscriptionLine.Parsed parsed =
            SubscriptionLine.parse(name, text == null ? "" : text, config);
        checkUnique(parsed.line());
        plan(key, parsed);
        lines.add(parsed.line());
      } catch (LineException e) {
        problems.add(new ConfigError(key, e.getMessage()));
      }
    }

    private static void checkName(String name) throws LineException {
      if (name.isBlank() || !name.equals(name.strip())) {
        throw new LineException("the subscription has no name; write subscriptions.<name>=...");
      }
      if (name.equals(Subscriptions.UNMATCHED)) {
        throw new LineException(
            "'"
                + name
                + "' is what messages without a subscription are called; choose another"
                + " name");
      }
    }

    /**
     * The broker has one subscription per filter, and messages do not identify their subscription.
     */
    private void checkUnique(SubscriptionLine line) throws LineException {
      TopicFilter filter = line.filter();
      for (SubscriptionLine other : lines) {
        if (other.filter().levels().equals(filter.levels())) {
          throw new LineException(
              "'"
                  + filter
                  + "' is also the filter of "
                  + SubscriptionConfig.PREFIX
                  + other.name()
                  + "; remove one of the two");
        }
      }
    }

    private void plan(String key, SubscriptionLine.Parsed parsed) throws LineException {
      SubscriptionLine line = parsed.line();
      LineSettings settings = new LineSettings(parsed.options(), config);
      PayloadSettings payload;
      try {
        payload = PayloadSettings.parse(line, settings, config, endpoint);
      } catch (LineException e) {
        if (settings.inheritedKey().isEmpty()) {
          throw e;
        }
        reportInherited(settings.inheritedKey().get(), "for " + key + ": " + e.getMessage());
        return;
      }
      for (String left : parsed.options().remaining()) {
        throw new LineException(unknown(left));
      }
      put(line, payload);
    }

    private void put(SubscriptionLine line, PayloadSettings payload) {
      plans.put(
          line.name(), new SubscriptionPlan(line.name(), line.subscription().retained(), payload));
    }

    /** Reports an error of a connector key once, not for every line that inherits it. */
    private void reportInherited(String key, String message) {
      if (problems.stream().noneMatch(problem -> problem.key().equals(key))) {
        problems.add(new ConfigError(key, message));
      }
    }

    /**
     * The plan for messages of filters of an earlier configuration: the connector's own keys, or
     * pass-through as bytes if these do not work.
     */
    private void readUnmatched() {
      SubscriptionLine line = SubscriptionLine.unmatched(config);
      LineSettings defaults = new LineSettings(new LineOptions(Map.of()), config);
      try {
        put(line, PayloadSettings.parse(line, defaults, config, endpoint));
      } catch (LineException e) {
        readUnmatchedAsBytes(line, defaults);
      }
    }

    private void readUnmatchedAsBytes(SubscriptionLine line, LineSettings defaults) {
      try {
        put(line, PayloadSettings.bytes(line, defaults, config, endpoint));
      } catch (LineException e) {
        reportInherited(MappingConfig.TOPIC.name(), e.getMessage());
      }
    }

    private static String unknown(String option) {
      TreeSet<String> known = new TreeSet<>(SubscriptionLine.OPTIONS);
      known.addAll(PayloadSettings.options());
      return "unknown option '"
          + option
          + "'"
          + Suggestion.of(option, known)
              .word()
              .map(word -> ", did you mean " + word + "?")
              .orElse("; there are " + String.join(", ", known));
    }
  }
}
