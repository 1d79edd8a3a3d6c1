// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.config.common.ReportOptions;
import io.connectot.core.config.common.WriteOptions;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.model.WriteRule;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.core.spi.line.TagLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates tags: reads the options common to all protocols; the protocol reads the others.
 *
 * @param <A> the protocol's own tag address
 */
final class TagFactory<A> {
  /** The options of a tag line that every protocol has. */
  static final Set<String> COMMON_OPTIONS =
      Stream.concat(
              Stream.of("unit", "interval", "report", "deadband", "heartbeat", "scale", "offset"),
              WriteOptions.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Driver<?, A> driver;
  private final Set<String> protocolOptions;
  private final Duration defaultInterval;
  private final ReportPolicy defaultReport;

  TagFactory(Driver<?, A> driver, Set<String> protocolOptions, Configuration config) {
    this.driver = driver;
    this.protocolOptions = protocolOptions;
    this.defaultInterval = config.getOrDefault(PollingConfig.POLL_INTERVAL);
    this.defaultReport = ReportConfig.policy(config);
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
            ReportOptions.duration(common, "interval", PollingConfig.MAX_INTERVAL)
                .orElse(defaultInterval),
            ReportOptions.parse(common, parsed.type(), defaultReport),
            scaling,
            definition.attributes());
    Optional<WriteRule> writeRule = WriteOptions.parse(common, parsed.type());
    Tag<A> result = writeRule.isPresent() ? tag.writable(writeRule.get()) : tag;
    driver.checkTag(result);
    return result;
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
    if (!type.mayBeNumeric()) {
      throw new LineException(
          (scale.isPresent() ? "scale" : "offset")
              + " needs a number, but the type is "
              + type.configName());
    }
    return scaling;
  }
}
