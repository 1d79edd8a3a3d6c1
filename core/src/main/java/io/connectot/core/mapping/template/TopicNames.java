// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

/** Legal names of Kafka topics. Thread-safe. */
public final class TopicNames {
  /** What a broker accepts. */
  public static final int MAX_LENGTH = 249;

  private TopicNames() {}

  /**
   * Renders a topic template; what is illegal in the name of a topic becomes {@code _}.
   *
   * @throws IllegalArgumentException when no legal topic comes of it
   */
  public static String render(Template template, Variables values) {
    String topic = replaceIllegal(template.render(values));
    if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
      throw new IllegalArgumentException(
          "'" + template + "' makes '" + topic + "', which is not a legal Kafka topic");
    }
    if (topic.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "'"
              + template
              + "' makes a topic of "
              + topic.length()
              + " characters, Kafka allows "
              + MAX_LENGTH
              + ": "
              + topic);
    }
    return topic;
  }

  private static String replaceIllegal(String text) {
    StringBuilder legal = null;
    for (int i = 0; i < text.length(); i++) {
      if (!isLegal(text.charAt(i))) {
        if (legal == null) {
          legal = new StringBuilder(text);
        }
        legal.setCharAt(i, '_');
      }
    }
    return legal == null ? text : legal.toString();
  }

  private static boolean isLegal(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
