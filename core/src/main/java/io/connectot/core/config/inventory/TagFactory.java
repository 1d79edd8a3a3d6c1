// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Deadbands;
import io.connectot.core.config.PollingConfig;
import io.connectot.core.config.ReportConfig;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import io.connectot.core.spi.Suggestion;
import io.connectot.core.spi.TagLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates tags: reads the options common to all protocols; the protocol reads the others.
 *
 * @param <A> the protocol's own tag address
 */
final class TagFactory<A> {
  /** The options of a tag line that every protocol has. */
  static final Set<String> COMMON_OPTIONS =
      Set.of("unit", "interval", "report", "deadband", "heartbeat", "scale", "offset");

  private final Driver<?, A> driver;
  private final Set<String> protocolOptions;
  private final Duration defaultInterval;
  private final ReportPolicy defaultReport;
  private final ReportPolicy defaultReportWithoutDeadband;

  TagFactory(Driver<?, A> driver, Set<String> protocolOptions, Configuration config) {
    this.driver = driver;
    this.protocolOptions = protocolOptions;
    this.defaultInterval = config.get(PollingConfig.POLL_INTERVAL);
    this.defaultReport = ReportConfig.policy(config);
    this.defaultReportWithoutDeadband =
        new ReportPolicy(defaultReport.mode(), Deadband.NONE, defaultReport.heartbeat());
  }

  /**
   * @throws LineException when the tag is invalid
   */
  Tag<A> make(TagDefinition definition) throws LineException {
    Map<String, String> commonTexts = new LinkedHashMap<>();
    Map<String, String> protocolTexts = new LinkedHashMap<>();
    definition
        .options()
        .forEach((key, text) -> (isCommon(key) ? commonTexts : protocolTexts).put(key, text));
    LineOptions common = new LineOptions(commonTexts);
    LineOptions own = new LineOptions(protocolTexts);
    Driver.ParsedTag<A> parsed =
        driver.parseTag(
            new TagLine(definition.name(), definition.address(), definition.type(), own));
    for (String left : own.remaining()) {
      throw new LineException(unknown(left));
    }
    Scaling scaling = scaling(common, parsed.type());
    boolean unscaled = scaling.isIdentity();
    Tag<A> tag =
        new Tag<>(
            definition.name(),
            parsed.address(),
            unscaled ? parsed.type() : ValueType.FLOAT64,
            common.text("unit"),
            duration(common, "interval", PollingConfig.MAX_INTERVAL).orElse(defaultInterval),
            report(common, parsed.type()),
            scaling,
            definition.attributes());
    driver.checkTag(tag);
    return tag;
  }

  private boolean isCommon(String option) {
    return COMMON_OPTIONS.contains(option) && !protocolOptions.contains(option);
  }

  private String unknown(String option) {
    if (protocolOptions.contains(option)) {
      return "option '" + option + "' does not apply to this address and type; remove it";
    }
    List<String> known = new ArrayList<>(new LinkedHashSet<>(protocolOptions));
    known.addAll(COMMON_OPTIONS);
    known.sort(null);
    return "unknown option '"
        + option
        + "'"
        + Suggestion.of(option, known)
            .word()
            .map(word -> ", did you mean " + word + "?")
            .orElse("; valid options are " + String.join(", ", known));
  }

  private static Optional<Duration> duration(LineOptions options, String key, Duration max)
      throws LineException {
    Optional<Duration> duration = options.duration(key);
    if (duration.isPresent() && duration.get().compareTo(max) > 0) {
      throw new LineException(key + ": must be at most " + max.toHours() + " h");
    }
    return duration;
  }

  private static Scaling scaling(LineOptions options, ValueType type) throws LineException {
    Optional<Double> scale = options.number("scale");
    Optional<Double> offset = options.number("offset");
    if (scale.isEmpty() && offset.isEmpty()) {
      return Scaling.NONE;
    }
    if (scale.isPresent() && scale.get() == 0) {
      throw new LineException(
          "scale=0 would make every value the same; leave it out for no scaling");
    }
    Scaling scaling = new Scaling(scale.orElse(1.0), offset.orElse(0.0));
    if (scaling.isIdentity()) {
      return Scaling.NONE;
    }
    if (!type.isNumeric()) {
      throw new LineException(
          (scale.isPresent() ? "scale" : "offset")
              + " needs a number, but the type is "
              + type.configName());
    }
    return scaling;
  }

  private ReportPolicy report(LineOptions options, ValueType type) throws LineException {
    Optional<Mode> mode = options.choice("report", Mode.class);
    Optional<Deadband> deadband = deadband(options, type);
    Optional<Duration> heartbeat = duration(options, "heartbeat", ReportConfig.MAX_HEARTBEAT);
    boolean forChanges = deadband.isPresent() || heartbeat.isPresent();
    if (mode.isEmpty() && !forChanges) {
      return type.isNumeric() ? defaultReport : defaultReportWithoutDeadband;
    }
    if (mode.isPresent() && mode.get() == Mode.ALL) {
      if (forChanges) {
        throw new LineException(
            (deadband.isPresent() ? "deadband" : "heartbeat")
                + " has no effect with report=all; write report=changes or leave it out");
      }
      return ReportPolicy.ALL;
    }
    Deadband inherited = type.isNumeric() ? defaultReport.deadband() : Deadband.NONE;
    return new ReportPolicy(
        Mode.CHANGES,
        deadband.orElse(inherited),
        heartbeat.isPresent() ? heartbeat : defaultReport.heartbeat());
  }

  private static Optional<Deadband> deadband(LineOptions options, ValueType type)
      throws LineException {
    Optional<String> text = options.text("deadband");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Deadband deadband;
    try {
      deadband = Deadbands.parse(text.get());
    } catch (LineException e) {
      throw new LineException("deadband=" + text.get() + ": " + e.getMessage());
    }
    if (deadband.size() > 0 && !type.isNumeric()) {
      throw new LineException("deadband needs a number, but the type is " + type.configName());
    }
    return Optional.of(deadband);
  }
}
