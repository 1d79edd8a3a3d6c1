// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.select.JsonScope;
import io.connectot.mqtt.source.payload.select.PayloadVariables;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Source of a time: JSON Pointers, of which the first that leads to a value counts, or a template
 * that joins fields of the payload and levels of the topic. Immutable.
 */
final class TimeSource {
  /** Null for a template. */
  private final Pointers pointers;

  /** Null for pointers. */
  private final NameTemplate template;

  private final PayloadVariables fields;

  private TimeSource(Pointers pointers, NameTemplate template, PayloadVariables fields) {
    this.pointers = pointers;
    this.template = template;
    this.fields = fields;
  }

  /**
   * Parses an option.
   *
   * @throws LineException when it is neither pointers nor a template, naming the option
   */
  static TimeSource parse(SubscriptionLine line, String text) throws LineException {
    try {
      if (!text.contains("${")) {
        return new TimeSource(Pointers.parse(text), null, PayloadVariables.NONE);
      }
      NameTemplate template = line.template(text, TopicVocabulary.NAME);
      return new TimeSource(null, template, PayloadVariables.of(template));
    } catch (LineException e) {
      throw new LineException("time: " + e.getMessage());
    }
  }

  /**
   * Checks that the path of samples has what the time asks for.
   *
   * @param wildcards of the path
   * @throws LineException when it does not
   */
  void check(int wildcards) throws LineException {
    fields.check("time", wildcards);
  }

  /** The parts of the payload that it reads. */
  Collection<Pointers> fields() {
    return pointers == null ? fields.locations() : List.of(pointers);
  }

  /** The time as written; null if a part of it is absent. */
  JsonNode find(Variables topic, JsonScope scope) {
    if (pointers != null) {
      return pointers.find(scope);
    }
    try {
      Map<String, String> values = fields.values("time", scope);
      return TextNode.valueOf(template.render(topic.or(values::get)));
    } catch (PayloadException | IllegalArgumentException e) {
      return null;
    }
  }
}
