// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.mapping.template.Template;
import io.connectot.core.spi.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a template that are fields of the payload, such as <code>${/device/id}</code>.
 * Immutable.
 *
 * @param fields by name of the variable
 */
public record PayloadVariables(Map<String, Pointers> fields) {
  /** None. */
  public static final PayloadVariables NONE = new PayloadVariables(Map.of());

  /** The fields that a template uses. */
  public static PayloadVariables of(Template template) throws LineException {
    Map<String, Pointers> fields = new LinkedHashMap<>();
    for (String name : template.variables()) {
      if (TopicVocabulary.isPayload(name)) {
        fields.put(name, Pointers.parse(name));
      }
    }
    return new PayloadVariables(fields);
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
    for (Map.Entry<String, Pointers> field : fields.entrySet()) {
      values.put(field.getKey(), text(option, field.getValue(), scope));
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
