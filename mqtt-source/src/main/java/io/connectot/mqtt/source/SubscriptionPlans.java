// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLine;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.converter.ConverterClass;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.config.converter.RecordContent;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.mqtt.source.mapping.PoisonConfig;
import io.connectot.mqtt.source.mapping.PoisonPolicy;
import io.connectot.mqtt.source.mapping.SubscriptionPlan;
import io.connectot.mqtt.source.payload.Compression;
import io.connectot.mqtt.source.payload.LineSettings;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.config.PayloadConfig;
import io.connectot.mqtt.source.payload.config.PayloadSettings;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The subscription lines of a configuration. Immutable. */
final class SubscriptionPlans {
  private static final String POISON = "poison";

  private final List<SubscriptionLine> lines;
  private final Map<String, SubscriptionPlan> plans;

  /** By the names of the lines. */
  private final Map<String, ConfigLocation> locations;

  private final List<ConfigError> problems;

  private SubscriptionPlans(
      List<SubscriptionLine> lines,
      Map<String, SubscriptionPlan> plans,
      Map<String, ConfigLocation> locations,
      List<ConfigError> problems) {
    this.lines = lines.stream().sorted(Comparator.comparing(SubscriptionLine::name)).toList();
    this.plans = Map.copyOf(plans);
    this.locations = Map.copyOf(locations);
    this.problems = problems;
  }

  /** Reads the valid lines; the errors are {@link #problems}. */
  static SubscriptionPlans read(Configuration config, String endpoint) {
    return new Reader(config, endpoint).read();
  }

  /** The subscriptions in order of their names, each filter once, without dropped ones. */
  List<SourceSubscription> subscriptions() {
    Map<String, SourceSubscription> byFilter = new LinkedHashMap<>();
    for (SubscriptionLine line : lines) {
      // Lines without a plan have an error of their own.
      SubscriptionPlan plan = plans.get(line.name());
      if (plan == null || !plan.payload().dropsAll()) {
        byFilter.putIfAbsent(line.filter().text(), line.subscription());
      }
    }
    return List.copyOf(byFilter.values());
  }

  /** The plans of the lines in order of their names. */
  List<SubscriptionPlan> ofLines() {
    return lines.stream().map(line -> plans.get(line.name())).filter(Objects::nonNull).toList();
  }

  /** Where the line of a subscription is. */
  ConfigLocation location(String name) {
    return locations.get(name);
  }

  /** Whether a line puts poison messages into the dead letter topic. */
  boolean haveDeadLetters() {
    return plans.values().stream().anyMatch(plan -> plan.poison() == PoisonPolicy.DEADLETTER);
  }

  Subscriptions lookup() {
    return new Subscriptions(lines);
  }

  Map<String, SubscriptionPlan> byName() {
    return plans;
  }

  List<ConfigError> problems() {
    return List.copyOf(problems);
  }

  /** Parses the lines. For one thread. */
  private static final class Reader {
    private final Configuration config;
    private final String endpoint;
    private final List<SubscriptionLine> lines = new ArrayList<>();
    private final Map<String, SubscriptionPlan> plans = new HashMap<>();
    private final Map<String, ConfigLocation> locations = new HashMap<>();
    private final List<ConfigError> problems = new ArrayList<>();

    Reader(Configuration config, String endpoint) {
      this.config = config;
      this.endpoint = endpoint;
    }

    SubscriptionPlans read() {
      ConfigErrors unnamed = new ConfigErrors();
      List<ConfigLine> written = SubscriptionConfig.lines(config, unnamed);
      problems.addAll(unnamed.list());
      if (written.isEmpty() && problems.isEmpty()) {
        problems.add(
            new ConfigError(
                SubscriptionConfig.SUBSCRIPTIONS,
                "there are no subscriptions: add a line subscriptions.<name>=<topic filter> for"
                    + " each"));
      }
      readUnmatched();
      written.forEach(this::read);
      SubscriptionPlans read = new SubscriptionPlans(lines, plans, locations, problems);
      if (problems.isEmpty() && read.subscriptions().isEmpty()) {
        read.problems.add(
            new ConfigError(
                SubscriptionConfig.SUBSCRIPTIONS,
                "all lines drop their messages; add a line with another format"));
      }
      return read;
    }

    private void read(ConfigLine written) {
      try {
        String name = written.name();
        checkName(name);
        ConfigLocation location = written.location().of(name);
        ConfigLocation other = locations.putIfAbsent(name, location);
        if (other != null) {
          throw new LineException("'" + name + "' is also " + other.text() + "; rename one");
        }
        SubscriptionLine.Parsed parsed =
            SubscriptionLine.parse(name, written.text() == null ? "" : written.text(), config);
        checkSame(parsed.line());
        plan(location.text(), parsed);
        lines.add(parsed.line());
      } catch (LineException e) {
        problems.add(written.error(e.getMessage()));
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
     * The broker has one subscription per filter, and messages do not identify their subscription:
     * lines with the same filter must agree on it.
     */
    private void checkSame(SubscriptionLine line) throws LineException {
      for (SubscriptionLine other : lines) {
        if (!other.filter().levels().equals(line.filter().levels())) {
          continue;
        }
        String both = locations.get(other.name()).text();
        if (!other.filter().equals(line.filter())) {
          throw new LineException(
              "'"
                  + line.filter()
                  + "' has the same topics as the filter of "
                  + both
                  + ", so that every message would come twice; write the same filter in both");
        }
        if (other.subscription().qos() != line.subscription().qos()
            || other.subscription().retained() != line.subscription().retained()) {
          throw new LineException(
              "'"
                  + line.filter()
                  + "' is also the filter of "
                  + both
                  + ", with another qos or retained; write the same in both");
        }
      }
    }

    /**
     * @param location of the line, for errors of keys that it inherits
     */
    private void plan(String location, SubscriptionLine.Parsed parsed) throws LineException {
      SubscriptionLine line = parsed.line();
      LineSettings settings = new LineSettings(parsed.options(), config);
      PayloadSettings payload;
      PoisonPolicy poison;
      try {
        payload = PayloadSettings.parse(line, settings, config, endpoint);
        poison = settings.get(POISON, PoisonConfig.POISON);
      } catch (LineException e) {
        if (settings.inheritedKey().isEmpty()) {
          throw e;
        }
        reportInherited(settings.inheritedKey().get(), "for " + location + ": " + e.getMessage());
        return;
      }
      for (String left : parsed.options().remaining()) {
        throw new LineException(
            payload.dropsAll() && known().contains(left)
                ? "option '" + left + "' has no effect with format=drop; remove it"
                : unknown(left));
      }
      put(line, payload, poison);
    }

    private void put(SubscriptionLine line, PayloadSettings payload, PoisonPolicy poison) {
      plans.put(
          line.name(),
          new SubscriptionPlan(line.name(), line.subscription().retained(), payload, poison));
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
        put(
            line,
            carried(PayloadSettings.parse(line, defaults, config, endpoint)),
            config.get(PoisonConfig.POISON));
      } catch (LineException e) {
        readUnmatchedAsBytes(line, defaults);
      }
    }

    private void readUnmatchedAsBytes(SubscriptionLine line, LineSettings defaults) {
      try {
        put(
            line,
            carried(PayloadSettings.bytes(line, defaults, config, endpoint)),
            config.get(PoisonConfig.POISON));
      } catch (LineException e) {
        reportInherited(MappingConfig.TOPIC.name(), e.getMessage());
      }
    }

    /** Makes messages poison where the converter that is named would write something else. */
    private PayloadSettings carried(PayloadSettings payload) {
      Optional<ConverterClass> converter = ConverterRules.valueConverter(config);
      Optional<RecordContent> content = payload.content();
      if (converter.isEmpty() || content.isEmpty() || converter.get().carries(content.get())) {
        return payload;
      }
      String reason =
          "the topic matches no subscription, and "
              + ConverterRules.VALUE_CONVERTER
              + "="
              + converter.get()
              + " does not carry the "
              + content.get()
              + " that "
              + PayloadConfig.FORMAT
              + " makes of such messages; set "
              + PayloadConfig.FORMAT
              + " to the format of the subscriptions";
      return new PayloadSettings(
          Compression.NONE,
          content,
          () ->
              topic -> {
                throw new PayloadException(reason);
              });
    }

    private static Set<String> known() {
      Set<String> known = new TreeSet<>(SubscriptionLine.OPTIONS);
      known.addAll(PayloadSettings.options());
      known.add(POISON);
      return known;
    }

    private static String unknown(String option) {
      Set<String> known = known();
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
