// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import io.connectot.core.spi.line.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text with variables, such as {@code plant.${device}}. Immutable.
 *
 * <p>A {@code $} that no <code>{</code> follows stands for itself.
 */
public final class NameTemplate {
  private final String text;
  private final List<Part> parts;
  private final Set<String> variables;

  /** A literal, or the name of a variable. */
  private record Part(boolean variable, String text) {}

  private NameTemplate(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part.variable) {
        names.add(part.text);
      }
    }
    this.variables = Collections.unmodifiableSet(names);
  }

  /**
   * Compiles a template.
   *
   * @throws IllegalArgumentException when it is malformed or uses a variable that {@code
   *     vocabulary} does not know; the message says which and what to write
   */
  public static NameTemplate compile(String text, Vocabulary vocabulary) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("${", at);
      if (open < 0) {
        parts.add(new Part(false, text.substring(at)));
        break;
      }
      if (open > at) {
        parts.add(new Part(false, text.substring(at, open)));
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException(
            "'" + text.substring(open) + "' has no closing '}' in '" + text + "'");
      }
      String name = text.substring(open + 2, close);
      if (!vocabulary.knows(name)) {
        throw new IllegalArgumentException(unknown(name, vocabulary));
      }
      parts.add(new Part(true, name));
      at = close + 1;
    }
    return new NameTemplate(text, parts);
  }

  private static String unknown(String name, Vocabulary vocabulary) {
    StringBuilder message = new StringBuilder("unknown variable ${").append(name).append('}');
    Optional<String> meant = Suggestion.of(name, vocabulary.names()).word();
    if (meant.isPresent()) {
      return message.append(", did you mean ${").append(meant.get()).append("}?").toString();
    }
    message.append(", use one of");
    for (String known : vocabulary.names()) {
      message.append(" ${").append(known).append('}');
    }
    return message.toString();
  }

  /** The texts between the variables, in order; the first is empty before a variable. */
  List<String> literals() {
    List<String> literals = new ArrayList<>();
    if (parts.isEmpty() || parts.get(0).variable) {
      literals.add("");
    }
    for (Part part : parts) {
      if (!part.variable) {
        literals.add(part.text);
      }
    }
    return literals;
  }

  /** The names of the variables in use. */
  public Set<String> variables() {
    return variables;
  }

  /**
   * The text with every variable replaced by its value.
   *
   * @throws IllegalArgumentException when {@code values} lacks one, naming it
   */
  public String render(Variables values) {
    StringBuilder rendered = new StringBuilder(text.length() + 32);
    for (Part part : parts) {
      if (part.variable) {
        String value = values.value(part.text);
        if (value == null) {
          throw new IllegalArgumentException(
              "${" + part.text + "} has no value here, in '" + text + "'");
        }
        rendered.append(value);
      } else {
        rendered.append(part.text);
      }
    }
    return rendered.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NameTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The template as written. */
  @Override
  public String toString() {
    return text;
  }
}
