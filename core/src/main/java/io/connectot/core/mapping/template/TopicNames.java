// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Legal names of Kafka topics. Thread-safe. */
public final class TopicNames {
  /** What a broker accepts. */
  public static final int MAX_LENGTH = 249;

  /** What the names of the topics of Kafka itself, and of its tools, begin with. */
  private static final String INTERNAL = "__";

  private TopicNames() {}

  /**
   * Compiles a topic template.
   *
   * @throws IllegalArgumentException when it is malformed, uses a variable that {@code vocabulary}
   *     does not know, or contains what no topic can; the message says which and what to write
   */
  public static NameTemplate compile(String text, Vocabulary vocabulary) {
    NameTemplate template = NameTemplate.compile(text, vocabulary);
    check(template);
    return template;
  }

  /**
   * Checks what is the same in all topics of a template.
   *
   * @throws IllegalArgumentException when it contains what no topic can; the message says what to
   *     write
   */
  public static void check(NameTemplate template) {
    List<String> literals = template.literals();
    Set<String> illegal = new LinkedHashSet<>();
    for (String literal : literals) {
      literal.codePoints().filter(c -> !isLegal(c)).forEach(c -> illegal.add(quoted(c)));
    }
    if (!illegal.isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + template
              + "' contains "
              + String.join(" and ", illegal)
              + ", which the name of a Kafka topic cannot; use letters, digits, '.', '_' and '-'");
    }
    checkOwner(literals.get(0), template);
    if (template.variables().isEmpty()) {
      render(template, Variables.NONE);
    }
  }

  private static String quoted(int character) {
    return character == ' ' ? "a blank" : "'" + Character.toString(character) + "'";
  }

  private static void checkOwner(String topic, NameTemplate template) {
    if (topic.startsWith(INTERNAL)) {
      throw new IllegalArgumentException(
          "'"
              + template
              + "' makes '"
              + topic
              + "', which begins with '__' like Kafka's own topics; choose another name");
    }
  }

  /**
   * Renders a topic template; what is illegal in the name of a topic becomes {@code _}.
   *
   * @throws IllegalArgumentException when no legal topic comes of it
   */
  public static String render(NameTemplate template, Variables values) {
    String topic = replaceIllegal(template.render(values));
    if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
      throw new IllegalArgumentException(
          "'" + template + "' makes '" + topic + "', which is not a legal Kafka topic");
    }
    checkOwner(topic, template);
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

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
