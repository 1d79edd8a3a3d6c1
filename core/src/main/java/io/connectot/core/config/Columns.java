// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.Suggestion;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells the columns that mean something from those that are attributes, whatever their case. For
 * one thread.
 */
final class Columns {
  /** Below this length a column of an own name is too often one letter away from an option. */
  private static final int MIN_SUSPICIOUS = 4;

  private final Set<String> known;
  private final Map<String, Optional<String>> meanings = new HashMap<>();

  /**
   * @param known what columns may mean
   */
  Columns(Collection<String> known) {
    this.known = new LinkedHashSet<>(known);
  }

  /**
   * Splits a row.
   *
   * @param attributes told heading and text of every column that means nothing
   * @return what the other columns mean, and their text
   */
  Map<String, String> split(
      TableRow row, Map<String, String> attributes, Consumer<ConfigError> problems) {
    Map<String, String> cells = new LinkedHashMap<>();
    row.cells()
        .forEach(
            (heading, text) -> {
              Optional<String> meaning = meanings.get(heading);
              if (meaning == null) {
                meaning = meaning(heading);
                meanings.put(heading, meaning);
                if (meaning.isEmpty()) {
                  suspect(row.place(), heading, problems);
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

  /** A column {@code ordr} taken for an attribute would mean wrong values and no message. */
  private void suspect(ConfigLocation place, String heading, Consumer<ConfigError> problems) {
    for (String name : known) {
      if (name.length() >= MIN_SUSPICIOUS
          && Suggestion.distance(heading, name.toLowerCase(Locale.ROOT)) == 1) {
        problems.accept(
            place.problem(
                "column '"
                    + heading
                    + "' would be an attribute, did you mean "
                    + name
                    + "? If not, give it a name less alike"));
      }
    }
  }
}
