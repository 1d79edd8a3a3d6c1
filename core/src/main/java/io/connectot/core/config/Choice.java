// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The values of an enum, as a configuration key offers and parses them. They are written in lower
 * case with {@code -} for {@code _}; parsing ignores case.
 *
 * @param <T> the enum
 */
final class Choice<T extends Enum<T>> {
  private final Class<T> type;
  private final List<String> names;

  Choice(Class<T> type) {
    this.type = type;
    this.names = Arrays.stream(type.getEnumConstants()).map(Choice::text).toList();
  }

  /** The text of a value. */
  static String text(Enum<?> value) {
    return normalize(value.name());
  }

  /** The texts of all values. */
  List<String> names() {
    return names;
  }

  /** The value of a text. */
  T parse(String text) throws LineException {
    int index = names.indexOf(normalize(text));
    if (index >= 0) {
      return type.getEnumConstants()[index];
    }
    throw new LineException(
        "must be one of "
            + String.join(", ", names)
            + (text.isEmpty() ? "" : Suggestion.of(text, names).didYouMean()));
  }

  private static String normalize(String text) {
    return text.trim().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
