// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.Utf8;
import io.connectot.mqtt.source.payload.select.JsonScope;
import io.connectot.mqtt.source.payload.select.PayloadVariables;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Collection;
import java.util.Map;

/**
 * Source of a name: a template over the topic and the payload, or JSON Pointers, of which the first
 * that leads to a value counts, such as {@code /name,/id}. A template at the end of pointers is for
 * payloads without any of them. Immutable.
 */
final class NameSource {
  /** Longer names are rejected, as names are cached. */
  static final int MAX_LENGTH = 200;

  private final String option;

  /** Null for pointers. */
  private final NameTemplate template;

  /** Null for a template. */
  private final Pointers pointers;

  private final PayloadVariables payload;

  /** Null for none. */
  private final NameSource otherwise;

  private NameSource(
      String option,
      NameTemplate template,
      Pointers pointers,
      PayloadVariables payload,
      NameSource otherwise) {
    this.option = option;
    this.template = template;
    this.pointers = pointers;
    this.payload = payload;
    this.otherwise = otherwise;
  }

  /**
   * Parses an option.
   *
   * @throws LineException when it is neither a template nor a pointer, naming the option
   */
  static NameSource parse(SubscriptionLine line, String option, String text) throws LineException {
    try {
      if (TopicVocabulary.isPayload(text)) {
        int last = text.indexOf(",${");
        Pointers pointers = Pointers.parse(last < 0 ? text : text.substring(0, last));
        return new NameSource(
            option,
            null,
            pointers,
            PayloadVariables.of(pointers),
            last < 0 ? null : parse(line, option, text.substring(last + 1)));
      }
      NameTemplate template = line.template(text, TopicVocabulary.NAME);
      return new NameSource(option, template, null, PayloadVariables.of(template), null);
    } catch (LineException e) {
      throw new LineException(option + ": " + e.getMessage());
    }
  }

  /**
   * Checks that the path of samples has what the name asks for.
   *
   * @param wildcards of the path
   * @throws LineException when it does not, naming the option
   */
  void check(int wildcards) throws LineException {
    payload.check(option, wildcards);
    if (otherwise != null) {
      otherwise.check(wildcards);
    }
  }

  /** Whether the payload is needed. */
  boolean isInPayload() {
    return !payload.isEmpty();
  }

  /** The fields of the payload that are needed. */
  Collection<Pointers> fields() {
    return payload.locations();
  }

  /**
   * The name from the topic alone.
   *
   * @return null if the payload is needed
   * @throws PayloadException when the topic does not have a variable
   */
  String ofTopic(Variables topic) throws PayloadException {
    return isInPayload() ? null : render(topic);
  }

  /**
   * The name.
   *
   * @throws PayloadException when a part is missing, or the name is empty or too long
   */
  String of(Variables topic, JsonScope scope) throws PayloadException {
    if (otherwise != null) {
      JsonNode found = pointers.find(scope);
      if (found == null || (found.isTextual() && found.textValue().isBlank())) {
        return otherwise.of(topic, scope);
      }
    }
    if (template == null) {
      return checked(option, PayloadVariables.text(option, pointers, scope));
    }
    Map<String, String> values = payload.values(option, scope);
    return checked(option, render(topic.or(values::get)));
  }

  private String render(Variables variables) throws PayloadException {
    try {
      return template.render(variables);
    } catch (IllegalArgumentException e) {
      throw new PayloadException(option + ": " + e.getMessage(), e);
    }
  }

  /** A name from the payload. */
  static String checked(String what, String name) throws PayloadException {
    if (name.isBlank() || name.length() > MAX_LENGTH) {
      throw new PayloadException(
          "the "
              + what
              + " in the payload "
              + (name.isBlank()
                  ? "is empty"
                  : "has "
                      + name.length()
                      + " characters, at most "
                      + MAX_LENGTH
                      + " are allowed"));
    }
    if (Utf8.isDamaged(name)) {
      throw new PayloadException(
          "the " + what + " in the payload is not UTF-8: " + Excerpt.shorten(name));
    }
    return name;
  }
}
