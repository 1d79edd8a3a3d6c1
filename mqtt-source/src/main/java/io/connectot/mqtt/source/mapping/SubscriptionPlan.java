// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.mqtt.source.payload.config.PayloadSettings;
import io.connectot.mqtt.source.subscription.RetainedPolicy;

/**
 * How the messages of one subscription are mapped. Immutable.
 *
 * @param name of the subscription
 * @param poison how messages that cannot be read are handled
 */
public record SubscriptionPlan(
    String name, RetainedPolicy retained, PayloadSettings payload, PoisonPolicy poison) {

  /** This plan with another handling of messages that cannot be read. */
  public SubscriptionPlan with(PoisonPolicy policy) {
    return new SubscriptionPlan(name, retained, payload, policy);
  }
}
