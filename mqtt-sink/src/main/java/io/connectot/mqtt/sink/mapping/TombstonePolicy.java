// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

/** What becomes of a record without a value. */
public enum TombstonePolicy {
  /** An empty retained message, by which the broker forgets the retained message of the topic. */
  CLEAR,
  /** Nothing. */
  SKIP,
  /** A report, as for a record of which no message can be made. */
  REPORT
}
