// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.ConfigError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values that a configuration provider should have replaced. The worker replaces {@code
 * ${provider:path:key}} before a connector gets its configuration, and leaves the text as it is
 * where it has no such provider: a connector would take the text for a password.
 */
final class ConfigProviders {
  /**
   * What the worker looks for, but for the templates of connectors: a JSON Pointer, or a default
   * after {@code :-}, as in <code>${/id:-0}</code>.
   */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}:/\\[]+):(?!-)[^{}]*}");

  /** Transformations have languages of their own. */
  private static final List<String> OTHER_LANGUAGES = List.of("transforms.", "predicates.");

  private ConfigProviders() {}

  /** The errors of a configuration, in the order of its keys. */
  static List<ConfigError> unresolved(Map<String, String> props) {
    return new TreeMap<>(props)
        .entrySet().stream()
            .filter(entry -> OTHER_LANGUAGES.stream().noneMatch(entry.getKey()::startsWith))
            .map(entry -> unresolved(entry.getKey(), entry.getValue()))
            .flatMap(Optional::stream)
            .toList();
  }

  private static Optional<ConfigError> unresolved(String key, String value) {
    Matcher reference = REFERENCE.matcher(value == null ? "" : value);
    return reference.find()
        ? Optional.of(
            new ConfigError(
                key,
                "'"
                    + reference.group()
                    + "' is not resolved: there is no config provider '"
                    + reference.group(1)
                    + "' on this worker; add it to config.providers in the worker's properties, or"
                    + " write the value itself"))
        : Optional.empty();
  }
}
