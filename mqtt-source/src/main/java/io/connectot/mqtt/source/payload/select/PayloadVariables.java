// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.template.Template;
import io.connectot.core.spi.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a template that are fields of the payload, such as <code>${/device/id}</code>,
 * or <code>${/id:-none}</code> with a text for payloads without the field. Immutable.
 *
 * @param fields by name of the variable
 */
public record PayloadVariables(Map<String, Field> fields) {
  private static final String DEFAULT = ":-";

  /**
   * A field.
   *
   * @param otherwise for payloads without it; null for none
   */
  public record Field(Pointers pointers, String otherwise) {}

  /** None. */
  public static final PayloadVariables NONE = new PayloadVariables(Map.of());

  /** The fields that a template uses. */
  public static PayloadVariables of(Template template) throws LineException {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String name : template.variables()) {
      if (TopicVocabulary.isPayload(name)) {
        int end = name.indexOf(DEFAULT);
        String otherwise = end < 0 ? null : name.substring(end + DEFAULT.length());
        fields.put(
            name, new Field(Pointers.parse(end < 0 ? name : name.substring(0, end)), otherwise));
      }
    }
    return new PayloadVariables(fields);
  }

  /** The locations of the fields. */
  public Collection<Pointers> locations() {
    return fields.values().stream().map(Field::pointers).toList();
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /**
   * The values of the fields.
   *
   * @param option that uses them, for messages
   * @throws PayloadException when the payload does not have one
   */
  public Map<String, String> values(String option, JsonScope scope) throws PayloadException {
    if (fields.isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      Field field = entry.getValue();
      boolean absent = field.otherwise != null && field.pointers.find(scope) == null;
      values.put(entry.getKey(), absent ? field.otherwise : text(option, field.pointers, scope));
    }
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
