// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The groups that a host application listens to.
 *
 * @param names the group ids; empty for every group, which only {@link #ALL} says
 */
public record Groups(List<String> names) {
  /** Every group. */
  public static final Groups ALL = new Groups(List.of());

  public Groups {
    names = List.copyOf(names);
  }

  /**
   * Reads the names of groups.
   *
   * @param texts group ids, or {@code *} or {@code +} alone for every group
   * @throws IllegalArgumentException saying what is wrong and what to write
   */
  public static Groups parse(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          "must name at least one group, or * for every group of the broker");
    }
    if (texts.size() == 1 && isEvery(texts.get(0))) {
      return ALL;
    }
    Set<String> names = new LinkedHashSet<>();
    for (String text : texts) {
      if (isEvery(text)) {
        throw new IllegalArgumentException(
            "'" + text + "' stands for every group; write it alone, or name the groups only");
      }
      if (text.isEmpty() || text.matches(".*[/+#].*")) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a group id: it must not be empty or contain /, + or #");
      }
      names.add(text);
    }
    return new Groups(List.copyOf(names));
  }

  private static boolean isEvery(String text) {
    return text.equals("*") || text.equals("+");
  }

  /** The topic filters to subscribe to. */
  public List<String> filters() {
    return names.isEmpty()
        ? List.of(SparkplugTopic.NAMESPACE + "/#")
        : names.stream().map(name -> SparkplugTopic.NAMESPACE + "/" + name + "/#").toList();
  }

  /** Whether a group is one of them. */
  public boolean contains(String group) {
    return names.isEmpty() || names.contains(group);
  }
}
