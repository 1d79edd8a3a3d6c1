// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.config.Choice;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The settings of one subscription: what its line says, else what the connector says. Reading an
 * option takes it from the line. For one thread.
 */
public final class LineSettings {
  private final LineOptions options;
  private final AbstractConfig config;

  private final Set<String> taken = new HashSet<>();

  /** The connector's key that was read last; null when the line had an option instead. */
  private String inherited;

  public LineSettings(LineOptions options, AbstractConfig config) {
    this.options = options;
    this.config = config;
  }

  /** The connector's key that the setting read last came from; empty when it was the line. */
  public Optional<String> inheritedKey() {
    return Optional.ofNullable(inherited);
  }

  /** A text; empty when neither says anything. */
  Optional<String> text(String option, String key) {
    look(option, key);
    return options
        .text(option)
        .or(() -> Optional.ofNullable(config.getString(key)))
        .map(String::trim)
        .filter(text -> !text.isEmpty());
  }

  /** A text that stands with the connector only. */
  Optional<String> connectors(String key) {
    inherited = config.originals().containsKey(key) ? key : inherited;
    return Optional.ofNullable(config.getString(key))
        .map(String::trim)
        .filter(text -> !text.isEmpty());
  }

  /** Whether the line itself had an option, be it read or not. */
  boolean hasOwn(String option) {
    boolean own = options.remaining().contains(option) || taken.contains(option);
    if (own) {
      inherited = null;
    }
    return own;
  }

  /** One of an enum's values. */
  <T extends Enum<T>> T choice(String option, String key, Class<T> type) throws LineException {
    look(option, key);
    Optional<T> own = options.choice(option, type);
    return own.isPresent() ? own.get() : Choice.get(config, key, type);
  }

  private void look(String option, String key) {
    if (options.remaining().contains(option)) {
      taken.add(option);
      inherited = null;
    } else {
      // Whoever relies on a default has to change the line.
      inherited = config.originals().containsKey(key) ? key : null;
    }
  }
}
