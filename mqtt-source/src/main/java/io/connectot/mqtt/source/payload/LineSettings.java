// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.config.common.ReportOptions;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one subscription: options of its line override the connector's keys. Reading an
 * option removes it from the line. For one thread.
 */
public final class LineSettings {
  private final LineOptions options;
  private final Configuration config;

  private final Set<String> taken = new HashSet<>();

  /** The connector's key that was read last; null when the line had an option instead. */
  private String inherited;

  public LineSettings(LineOptions options, Configuration config) {
    this.options = options;
    this.config = config;
  }

  /** The connector's key that set the last value read; empty when it was the line or a default. */
  public Optional<String> inheritedKey() {
    return Optional.ofNullable(inherited);
  }

  /** The value of an option, or of the key that it overrides. */
  public <T> T get(String option, Key<T> key) throws LineException {
    if (!options.remaining().contains(option)) {
      return connectors(key);
    }
    taken.add(option);
    inherited = null;
    String text = options.text(option).orElse("");
    try {
      return key.parse(text);
    } catch (LineException e) {
      throw new LineException(option + "=" + text + ": " + e.getMessage());
    }
  }

  /** The value of a key that has no option. */
  public <T> T connectors(Key<T> key) {
    // Errors with defaults are fixed on the line.
    inherited = config.isSet(key) ? key.name() : null;
    return config.get(key);
  }

  /** Which values of a type become records. */
  public ReportPolicy report(ValueType type) throws LineException {
    ReportOptions.NAMES.stream().filter(options.remaining()::contains).forEach(taken::add);
    inherited = null;
    return ReportOptions.parse(options, type, ReportConfig.policy(config));
  }

  /** Whether the line has or had an option. */
  public boolean hasOwn(String option) {
    boolean own = options.remaining().contains(option) || taken.contains(option);
    if (own) {
      inherited = null;
    }
    return own;
  }
}
