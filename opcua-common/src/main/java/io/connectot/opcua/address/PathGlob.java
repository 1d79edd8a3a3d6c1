// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths of names: {@code *} is any part of a name, {@code ?} one character, a level
 * {@code **} any number of levels. A pattern of one level is for the last name alone, wherever it
 * is. Immutable.
 */
public final class PathGlob {
  private static final String ANY_LEVELS = "**";

  private final String text;
  private final List<String> levels;

  private PathGlob(String text, List<String> levels) {
    this.text = text;
    this.levels = List.copyOf(levels);
  }

  /**
   * Reads a pattern such as {@code Line*}{@code /**}{@code /Temp*}.
   *
   * @throws LineException when it is none
   */
  public static PathGlob parse(String text) throws LineException {
    List<String> levels = new ArrayList<>(List.of(text.split("/", -1)));
    if (levels.contains("")) {
      throw new LineException(
          "'"
              + text
              + "' has an empty level; write it without a slash at its ends, like Press*/Temp*");
    }
    for (String level : levels) {
      if (level.contains(ANY_LEVELS) && !level.equals(ANY_LEVELS)) {
        throw new LineException("'" + text + "': ** must stand alone between slashes");
      }
    }
    if (levels.size() == 1 && !levels.get(0).equals(ANY_LEVELS)) {
      levels.add(0, ANY_LEVELS);
    }
    return new PathGlob(text, levels);
  }

  /**
   * Whether a path matches from its first name to its last.
   *
   * @param path names from the browse root on, without the root's own
   */
  public boolean matches(List<String> path) {
    return matches(0, path, 0);
  }

  private boolean matches(int level, List<String> path, int at) {
    if (level == levels.size()) {
      return at == path.size();
    }
    if (levels.get(level).equals(ANY_LEVELS)) {
      for (int next = at; next <= path.size(); next++) {
        if (matches(level + 1, path, next)) {
          return true;
        }
      }
      return false;
    }
    return at < path.size()
        && nameMatches(levels.get(level), path.get(at))
        && matches(level + 1, path, at + 1);
  }

  /** Back to the last star on a mismatch, which is enough when stars match anything. */
  private static boolean nameMatches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
