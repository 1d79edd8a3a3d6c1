// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/** What to do with messages that the broker kept from before the subscription. */
public enum RetainedPolicy {
  /** Take them at every subscribing. */
  TAKE,
  /** Take them only when the subscription is new to the session (MQTT 5, retain handling 1). */
  ONLY_NEW,
  /** Never take them. */
  SKIP
}
