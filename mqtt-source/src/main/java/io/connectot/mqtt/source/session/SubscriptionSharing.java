// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

/** How several tasks share the work. */
public enum SubscriptionSharing {
  /** There is one task. */
  NONE,
  /** Every task subscribes to every filter as a member of one group of the broker's. */
  SHARED,
  /** Every task subscribes to filters of its own. */
  SPLIT
}
