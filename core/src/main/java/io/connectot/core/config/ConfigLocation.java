// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

/**
 * Where a device or tag is configured.
 *
 * @param key the configuration key
 * @param position where in the file the key names, e.g. {@code map.csv row 17}, or in the value of
 *     the key, e.g. {@code line 3}; empty for a line of the configuration itself
 */
public record ConfigLocation(String key, String position) {
  private static final String LINE = "line ";

  /** A line of a value that has several. */
  static ConfigLocation line(String key, int number) {
    return new ConfigLocation(key, LINE + number);
  }

  /** A line of the configuration itself. */
  public static ConfigLocation inline(String key) {
    return new ConfigLocation(key, "");
  }

  /** The location as messages about others name it. */
  public String text() {
    if (position.isEmpty()) {
      return key;
    }
    return position.startsWith(LINE) ? key + " " + position : position;
  }

  /** The location with a name, for messages about it; the key of a line has the name already. */
  public ConfigLocation of(String name) {
    return position.isEmpty() || name.isBlank()
        ? this
        : new ConfigLocation(key, position + " (" + name + ")");
  }

  /** An error at this location. */
  public ConfigError error(String message) {
    return new ConfigError(key, position.isEmpty() ? message : position + ": " + message);
  }
}
