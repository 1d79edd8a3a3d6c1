// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known word somebody probably meant by an unknown one: the nearest by edit distance
 * (insertion, deletion, replacement, swap of neighbours), if it is near enough. Ignores case.
 *
 * @param word the known word; empty when none is near
 */
public record Suggestion(Optional<String> word) {

  /** The most edits between two words that may still mean the same. */
  private static final int MAX_DISTANCE = 2;

  /** Longer words are not searched for: they are no typing errors, and the search is quadratic. */
  private static final int MAX_LENGTH = 200;

  /** The nearest of {@code known}; the first one where several are equally near. */
  public static Suggestion of(String unknown, Collection<String> known) {
    String best = null;
    // Of a word of three letters two edits leave nothing.
    int limit = unknown.length() <= 3 ? 1 : MAX_DISTANCE;
    int bestDistance = limit + 1;
    if (unknown.length() <= MAX_LENGTH) {
      for (String candidate : known) {
        if (Math.abs(candidate.length() - unknown.length()) < bestDistance) {
          int distance = distance(unknown, candidate);
          if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
          }
        }
      }
    }
    return new Suggestion(Optional.ofNullable(best));
  }

  /** {@code , did you mean order?} to append to a message, or nothing. */
  public String didYouMean() {
    return word.map(w -> ", did you mean " + w + "?").orElse("");
  }

  @Override
  public String toString() {
    return didYouMean();
  }

  /** The number of edits between two words, ignoring case. */
  public static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
