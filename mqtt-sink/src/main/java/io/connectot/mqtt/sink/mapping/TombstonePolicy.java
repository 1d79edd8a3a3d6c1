// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

/** The handling of records without a value. */
public enum TombstonePolicy {
  /** Publish an empty retained message, which deletes the topic's retained message. */
  CLEAR,
  /** Publish nothing. */
  SKIP,
  /** Report an error of the record. */
  REPORT
}
