// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.table;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.spi.line.Suggestion;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Separates the columns with a meaning from the attributes, ignoring case. For one thread. */
public final class Columns {
  /** Shorter names of attributes are too often one letter away from an option. */
  private static final int MIN_SUSPICIOUS = 4;

  private final Set<String> known;
  private final Map<String, Optional<String>> meanings = new HashMap<>();

  /**
   * @param known the columns with a meaning
   */
  public Columns(Collection<String> known) {
    this.known = new LinkedHashSet<>(known);
  }

  /**
   * Splits a row.
   *
   * @param attributes receives heading and text of every other column
   * @return the meaning and text of the columns that have one
   */
  public Map<String, String> split(
      TableRow row, Map<String, String> attributes, Consumer<ConfigError> errors) {
    Map<String, String> cells = new LinkedHashMap<>();
    row.cells()
        .forEach(
            (heading, text) -> {
              Optional<String> meaning = meanings.get(heading);
              if (meaning == null) {
                meaning = meaning(heading);
                meanings.put(heading, meaning);
                if (meaning.isEmpty()) {
                  suspect(row.location(), heading, errors);
                }
              }
              if (meaning.isPresent()) {
                cells.put(meaning.get(), text);
              } else {
                attributes.put(heading, text);
              }
            });
    return cells;
  }

  private Optional<String> meaning(String heading) {
    for (String name : known) {
      if (name.equalsIgnoreCase(heading)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Reports a column such as {@code ordr}: as an attribute it would cause wrong values. */
  private void suspect(ConfigLocation location, String heading, Consumer<ConfigError> errors) {
    for (String name : known) {
      if (name.length() >= MIN_SUSPICIOUS
          && Suggestion.distance(heading, name.toLowerCase(Locale.ROOT)) == 1) {
        errors.accept(
            location.error(
                "column '"
                    + heading
                    + "' would be an attribute, did you mean "
                    + name
                    + "? If not, choose a less similar name"));
      }
    }
  }
}
