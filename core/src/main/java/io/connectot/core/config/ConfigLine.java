// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named line of a configuration: a key of its own, such as {@code tags.temperature}, or a line of
 * a key that holds several, such as {@code tags}.
 *
 * @param location where it is, for errors
 * @param name what it is called
 * @param text what it says; may be null
 */
public record ConfigLine(ConfigLocation location, String name, String text) {
  private static final String COMMENT = "#";

  /**
   * All lines of a kind: first the keys in the order of their names, then the lines of the text.
   *
   * @param prefix of the keys, with a dot at its end; the text is the value of the key without it
   * @param single the lines that are keys, by name
   * @param errors receives what is wrong with lines of the text
   */
  public static List<ConfigLine> all(
      Configuration config, String prefix, Map<String, String> single, ConfigErrors errors) {
    List<ConfigLine> lines = new ArrayList<>();
    new TreeMap<>(single)
        .forEach(
            (name, text) ->
                lines.add(new ConfigLine(ConfigLocation.inline(prefix + name), name, text)));
    String key = prefix.substring(0, prefix.length() - 1);
    of(key, config.text(key), errors).values().forEach(lines::add);
    return lines;
  }

  /** An error about the line, with its name. */
  public ConfigError error(String message) {
    return location.of(name).error(message);
  }

  /**
   * The lines of a text, {@code <name>=<text>} each, by name. Blank lines and those that begin with
   * {@code #} are skipped.
   *
   * @param key what has the text as its value
   * @param value null for none
   */
  private static Map<String, ConfigLine> of(String key, String value, ConfigErrors errors) {
    Map<String, ConfigLine> lines = new LinkedHashMap<>();
    int number = 0;
    for (String line : value == null ? List.<String>of() : value.lines().toList()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith(COMMENT)) {
        continue;
      }
      ConfigLocation location = ConfigLocation.line(key, number);
      int equals = text.indexOf('=');
      if (equals <= 0) {
        errors.add(location.error("'" + text + "' has no name; write <name>=<…>"));
        continue;
      }
      String name = text.substring(0, equals).strip();
      ConfigLine parsed = new ConfigLine(location, name, text.substring(equals + 1).strip());
      if (lines.putIfAbsent(name, parsed) != null) {
        errors.add(
            location.error(
                "'"
                    + name
                    + "' is also on "
                    + lines.get(name).location.position()
                    + "; rename one"));
      }
    }
    return lines;
  }
}
