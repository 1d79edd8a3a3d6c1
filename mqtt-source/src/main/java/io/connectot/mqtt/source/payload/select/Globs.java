// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns of member names separated by commas, in which {@code *} stands for any characters and
 * {@code ?} for one. A pattern that matches an object also matches all its members. Immutable.
 */
public final class Globs {
  private final List<Pattern> patterns;

  private Globs(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Parses patterns; none if the text is empty. */
  public static Globs parse(String text) {
    List<Pattern> patterns = new ArrayList<>();
    for (String glob : text.split(",", -1)) {
      if (!glob.isBlank()) {
        patterns.add(compile(glob.trim()));
      }
    }
    return new Globs(patterns);
  }

  private static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether there is no pattern. */
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether a pattern matches the name. */
  public boolean match(String name) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }
}
