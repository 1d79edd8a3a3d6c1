// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

/** How tasks share the subscriptions. */
public enum SubscriptionSharing {
  /** One task. */
  NONE,
  /** Every task subscribes to every filter, in one share group. */
  SHARED,
  /** Every task subscribes to its own filters. */
  SPLIT
}
