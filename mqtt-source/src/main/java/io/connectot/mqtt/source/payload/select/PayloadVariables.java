// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a template that depend on the payload: fields of it, such as <code>${/device/id}
 * </code>, or <code>${/id:-none}</code> with a text for payloads without the field, and what a
 * {@code *} of the path of samples stands for, such as <code>${samples[0]}</code>. Immutable.
 *
 * @param fields by name of the variable
 * @param samples which {@code *}, by name of the variable
 */
public record PayloadVariables(Map<String, Field> fields, Map<String, Integer> samples) {
  private static final String DEFAULT = ":-";

  /**
   * A field.
   *
   * @param otherwise for payloads without it; null for none
   */
  public record Field(Pointers pointers, String otherwise) {}

  /** None. */
  public static final PayloadVariables NONE = new PayloadVariables(Map.of(), Map.of());

  /** A single field. */
  public static PayloadVariables of(Pointers pointers) {
    return new PayloadVariables(Map.of(pointers.toString(), new Field(pointers, null)), Map.of());
  }

  /** The variables that a template uses. */
  public static PayloadVariables of(NameTemplate template) throws LineException {
    Map<String, Field> fields = new LinkedHashMap<>();
    Map<String, Integer> samples = new LinkedHashMap<>();
    for (String name : template.variables()) {
      if (TopicVocabulary.isPayload(name)) {
        int end = name.indexOf(DEFAULT);
        String otherwise = end < 0 ? null : name.substring(end + DEFAULT.length());
        fields.put(
            name, new Field(Pointers.parse(end < 0 ? name : name.substring(0, end)), otherwise));
      } else if (TopicVocabulary.isSample(name)) {
        samples.put(name, TopicVocabulary.sample(name));
      }
    }
    return new PayloadVariables(fields, samples);
  }

  /**
   * Checks that a path has what the variables stand for.
   *
   * @param option that uses them, for messages
   * @param wildcards of the path of samples
   * @throws LineException naming the option and the variable
   */
  public void check(String option, int wildcards) throws LineException {
    for (Map.Entry<String, Integer> variable : samples.entrySet()) {
      int index = variable.getValue();
      if (index >= wildcards || index < -wildcards) {
        throw new LineException(
            option
                + ": ${"
                + variable.getKey()
                + "} is what a * of 'samples' stands for, which has "
                + (wildcards == 0 ? "none" : wildcards == 1 ? "one" : "only " + wildcards)
                + "; write it as in samples=/*/values, of which ${samples[0]} is the name of the"
                + " member");
      }
    }
  }

  /** The locations of the fields. */
  public Collection<Pointers> locations() {
    return fields.values().stream().map(Field::pointers).toList();
  }

  public boolean isEmpty() {
    return fields.isEmpty() && samples.isEmpty();
  }

  /**
   * The values of the variables.
   *
   * @param option that uses them, for messages
   * @throws PayloadException when the payload does not have one
   */
  public Map<String, String> values(String option, JsonScope scope) throws PayloadException {
    if (isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      Field field = entry.getValue();
      boolean absent = field.otherwise != null && field.pointers.find(scope) == null;
      values.put(entry.getKey(), absent ? field.otherwise : text(option, field.pointers, scope));
    }
    samples.forEach((name, index) -> values.put(name, scope.name(index)));
    return values;
  }

  /** A single value as text. */
  public static String text(String option, Pointers pointers, JsonScope scope)
      throws PayloadException {
    JsonNode node = pointers.find(scope);
    if (node == null || !node.isValueNode()) {
      throw new PayloadException(
          "there is "
              + (node == null ? "nothing" : "no single value")
              + " at "
              + pointers
              + " in the payload for '"
              + option
              + "'; correct the option, or the publisher");
    }
    return node.asText();
  }
}
