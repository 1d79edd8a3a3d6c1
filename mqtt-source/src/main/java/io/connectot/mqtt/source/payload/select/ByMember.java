// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import io.connectot.core.config.Key;
import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values that depend on the name of the member: {@code *temp*=°C,humidity=%,bar} is °C for names
 * that contain temp, % for humidity, and bar for all others. The first entry that matches counts.
 * Immutable.
 *
 * @param <T> the type of the values
 */
public final class ByMember<T> {
  private final List<Entry<T>> entries;
  private final Optional<T> others;

  private record Entry<T>(Globs names, T value) {}

  private ByMember(List<Entry<T>> entries, Optional<T> others) {
    this.entries = List.copyOf(entries);
    this.others = others;
  }

  /** The same value, or none, for all members. */
  public static <T> ByMember<T> all(Optional<T> value) {
    return new ByMember<>(List.of(), value);
  }

  /**
   * Parses a list. A text without {@code =} is one value for all members.
   *
   * @param parser parses a value; empty for none
   */
  public static <T> ByMember<T> parse(String text, Key.Parser<String, Optional<T>> parser)
      throws LineException {
    if (text.indexOf('=') < 0) {
      return all(parser.parse(text));
    }
    List<Entry<T>> entries = new ArrayList<>();
    Optional<T> others = Optional.empty();
    for (String entry : text.split(",", -1)) {
      int equals = entry.lastIndexOf('=');
      if (equals < 0) {
        others = parser.parse(entry.trim());
        continue;
      }
      Optional<T> value = parser.parse(entry.substring(equals + 1).trim());
      Globs names = Globs.parse(entry.substring(0, equals));
      if (names.isEmpty()) {
        throw new LineException("'" + entry + "' has no name before the equals sign");
      }
      value.ifPresent(one -> entries.add(new Entry<>(names, one)));
    }
    return new ByMember<>(entries, others);
  }

  /** The value for a member. */
  public Optional<T> of(String name) {
    for (Entry<T> entry : entries) {
      if (entry.names.match(name)) {
        return Optional.of(entry.value);
      }
    }
    return others;
  }

  /** The value for members that no pattern matches. */
  public Optional<T> others() {
    return others;
  }

  /** The values for members that a pattern matches. */
  public List<T> named() {
    return entries.stream().map(Entry::value).toList();
  }

  /** Whether the value is the same for all members. */
  public boolean isUniform() {
    return entries.isEmpty();
  }
}
