// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/** How retained messages are handled. */
public enum RetainedPolicy {
  /** Receive them on every subscribe. */
  TAKE,
  /** Receive them only when the subscription is new to the session (MQTT 5, retain handling 1). */
  ONLY_NEW,
  /** Never receive them. */
  SKIP
}
