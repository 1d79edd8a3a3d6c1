// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.subscription.Subscriptions;
import java.util.Map;
import java.util.Optional;

/**
 * How a connector maps its messages. Immutable.
 *
 * @param plans by subscription name, including {@link Subscriptions#UNMATCHED}
 * @param maxPayloadBytes after decompression
 * @param deadLetterTopic the topic of poison messages; only for {@link PoisonPolicy#DEADLETTER}
 * @param connector the connector's name
 * @param headers the headers of dead letters
 */
public record MapperSettings(
    Subscriptions subscriptions,
    Map<String, SubscriptionPlan> plans,
    int maxPayloadBytes,
    PoisonPolicy poison,
    Optional<String> deadLetterTopic,
    String connector,
    MessageHeaders headers) {
  public MapperSettings {
    plans = Map.copyOf(plans);
  }
}
