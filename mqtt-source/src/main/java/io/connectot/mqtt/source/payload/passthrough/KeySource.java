// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.mqtt.source.payload.select.PayloadVariables;

/** The key of pass-through records. */
public sealed interface KeySource {

  /** No key. */
  record None() implements KeySource {}

  /** A template over the topic. */
  record OfTopic(NameTemplate template) implements KeySource {}

  /**
   * A template over the topic and the payload.
   *
   * @param fields of the payload
   */
  record OfPayload(NameTemplate template, PayloadVariables fields) implements KeySource {}
}
