// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

/** What becomes of a message that cannot be read: {@code mqtt.poison}. */
public enum PoisonPolicy {
  /** The task fails; the message stays with the broker. */
  FAIL,
  /** The message is counted, logged and dropped. */
  SKIP,
  /** The message goes to a topic of its own. */
  DEADLETTER
}
