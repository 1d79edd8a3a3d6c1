// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Variables;
import io.connectot.mqtt.source.payload.select.PayloadVariables;
import io.connectot.mqtt.source.subscription.LevelSeparator;

/**
 * The Kafka topic of pass-through records. Immutable.
 *
 * @param fields of the payload in the template; none unless the payload is JSON
 * @param separator of the levels of values
 */
public record TopicSource(
    NameTemplate template, PayloadVariables fields, LevelSeparator separator) {

  /**
   * The topic.
   *
   * @throws IllegalArgumentException when it is not legal
   */
  String render(Variables variables) {
    return TopicNames.render(template, separator.of(variables));
  }
}
