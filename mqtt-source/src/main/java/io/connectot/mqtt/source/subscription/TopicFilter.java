// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.spi.line.LineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A topic filter (MQTT 5.0 §4.7), possibly of a shared subscription (§4.8.2). Immutable.
 *
 * @param text as written, with {@code $share/<group>/}
 * @param group the share group
 * @param levels the levels without the share prefix
 */
public record TopicFilter(String text, Optional<String> group, List<String> levels) {
  /** What a filter of a shared subscription begins with. */
  public static final String SHARE = "$share/";

  private static final int MAX_BYTES = 65_535;
  private static final String ONE = "+";
  private static final String REST = "#";

  /**
   * Most specific filter first: level by level, a name before {@code +} before {@code #}; names in
   * natural order, so that equal filters are adjacent.
   */
  public static final Comparator<TopicFilter> MOST_EXACT_FIRST = TopicFilter::compareExactness;

  public TopicFilter {
    levels = List.copyOf(levels);
  }

  /**
   * Parses a filter.
   *
   * @throws LineException when the filter violates the standard, with a remedy
   */
  public static TopicFilter parse(String text) throws LineException {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      // [MQTT-4.7.3-3]
      throw new LineException("the topic filter is longer than the 65535 bytes that MQTT allows");
    }
    if (text.indexOf(0) >= 0) {
      // [MQTT-4.7.3-2]
      throw new LineException("the topic filter must not contain the character U+0000");
    }
    if (!text.equals("$share") && !text.startsWith(SHARE)) {
      return new TopicFilter(text, Optional.empty(), levels(text, text));
    }
    int slash = text.indexOf('/', SHARE.length());
    if (slash < 0 || slash == SHARE.length() || slash == text.length() - 1) {
      // [MQTT-4.8.2-1] [MQTT-4.8.2-2]
      throw new LineException("'" + text + "' must be $share/<group>/<topic filter>");
    }
    String group = text.substring(SHARE.length(), slash);
    if (group.contains(ONE) || group.contains(REST)) {
      throw new LineException("the group of '" + text + "' must not contain + or #");
    }
    return new TopicFilter(text, Optional.of(group), levels(text.substring(slash + 1), text));
  }

  private static List<String> levels(String filter, String text) throws LineException {
    if (filter.isEmpty()) {
      // [MQTT-4.7.3-1]
      throw new LineException("the topic filter is empty; write one such as plant/+/temp");
    }
    List<String> levels = split(filter);
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.contains(REST) && (level.length() > 1 || i < levels.size() - 1)) {
        // [MQTT-4.7.1-1]
        throw new LineException(
            "'"
                + text
                + "' has a # that is not the whole last level; # must be alone at"
                + " the end, as in plant/#");
      }
      if (level.contains(ONE) && level.length() > 1) {
        // [MQTT-4.7.1-2]
        throw new LineException(
            "'"
                + text
                + "' has a + next to other characters; + must be a whole"
                + " level, as in plant/+/temp");
      }
    }
    return levels;
  }

  /** The levels of a topic or filter. */
  static List<String> split(String topic) {
    List<String> levels = new ArrayList<>();
    int from = 0;
    for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', from)) {
      levels.add(topic.substring(from, slash));
      from = slash + 1;
    }
    levels.add(topic.substring(from));
    return levels;
  }

  /** Number of levels of matching topics; empty if the filter ends in {@code #}. */
  public Optional<Integer> depth() {
    return endsInRest() ? Optional.empty() : Optional.of(levels.size());
  }

  /** Number of wildcards. */
  public int wildcards() {
    int wildcards = 0;
    for (String level : levels) {
      if (isWildcard(level)) {
        wildcards++;
      }
    }
    return wildcards;
  }

  /**
   * The parts of a topic that the wildcards match, in order; {@code #} matches several levels
   * joined by slashes.
   *
   * @param topic the levels of the topic
   * @return empty when the filter does not match
   */
  Optional<List<String>> captures(List<String> topic) {
    boolean rest = endsInRest();
    int fixed = rest ? levels.size() - 1 : levels.size();
    // [MQTT-4.7.1-1]: # also matches the parent level.
    if (rest ? topic.size() < fixed : topic.size() != fixed) {
      return Optional.empty();
    }
    if (topic.get(0).startsWith("$") && isWildcard(levels.get(0))) {
      // [MQTT-4.7.2-1]
      return Optional.empty();
    }
    List<String> captures = new ArrayList<>();
    for (int i = 0; i < fixed; i++) {
      String level = levels.get(i);
      if (level.equals(ONE)) {
        captures.add(topic.get(i));
      } else if (!level.equals(topic.get(i))) {
        return Optional.empty();
      }
    }
    if (rest) {
      captures.add(String.join("/", topic.subList(fixed, topic.size())));
    }
    return Optional.of(captures);
  }

  /** Whether some topic matches both filters; share groups are ignored. */
  public boolean overlaps(TopicFilter other) {
    String first = levels.get(0);
    String otherFirst = other.levels.get(0);
    if ((first.startsWith("$") && isWildcard(otherFirst))
        || (otherFirst.startsWith("$") && isWildcard(first))) {
      // [MQTT-4.7.2-1]
      return false;
    }
    int common = Math.min(levels.size(), other.levels.size());
    for (int i = 0; i < common; i++) {
      String level = levels.get(i);
      String otherLevel = other.levels.get(i);
      if (level.equals(REST) || otherLevel.equals(REST)) {
        return true;
      }
      if (!level.equals(otherLevel) && !level.equals(ONE) && !otherLevel.equals(ONE)) {
        return false;
      }
    }
    // [MQTT-4.7.1-1]: # also matches the parent level.
    return levels.size() == other.levels.size()
        || (levels.size() == common + 1 && endsInRest())
        || (other.levels.size() == common + 1 && other.endsInRest());
  }

  private boolean endsInRest() {
    return levels.get(levels.size() - 1).equals(REST);
  }

  private static boolean isWildcard(String level) {
    return level.equals(ONE) || level.equals(REST);
  }

  private static int compareExactness(TopicFilter left, TopicFilter right) {
    int common = Math.min(left.levels.size(), right.levels.size());
    for (int i = 0; i < common; i++) {
      int byRank = rank(left.levels.get(i)) - rank(right.levels.get(i));
      if (byRank != 0) {
        return byRank;
      }
    }
    int byLength = right.levels.size() - left.levels.size();
    return byLength != 0
        ? byLength
        : Arrays.compare(left.levels.toArray(new String[0]), right.levels.toArray(new String[0]));
  }

  private static int rank(String level) {
    return switch (level) {
      case REST -> 2;
      case ONE -> 1;
      default -> 0;
    };
  }

  /** The filter as written. */
  @Override
  public String toString() {
    return text;
  }
}
