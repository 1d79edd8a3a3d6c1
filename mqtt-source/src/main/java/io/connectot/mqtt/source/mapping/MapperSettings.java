// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.mqtt.source.subscription.Subscriptions;
import java.util.Map;
import java.util.Optional;

/**
 * How a connector maps its messages. Immutable.
 *
 * @param plans by subscription name, including {@link Subscriptions#UNMATCHED}
 * @param maxPayloadBytes after decompression
 * @param deadLetters how poison messages are written; only for {@link PoisonPolicy#DEADLETTER}
 */
public record MapperSettings(
    Subscriptions subscriptions,
    Map<String, SubscriptionPlan> plans,
    int maxPayloadBytes,
    PoisonPolicy poison,
    Optional<DeadLetters> deadLetters) {
  public MapperSettings {
    plans = Map.copyOf(plans);
  }
}
