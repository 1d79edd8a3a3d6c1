// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

/** How messages that cannot be read are handled: {@code mqtt.poison}. */
public enum PoisonPolicy {
  /** The task fails; the message stays with the broker. */
  FAIL,
  /** The message is counted, logged and dropped. */
  SKIP,
  /** The message is written to the dead letter topic. */
  DEADLETTER
}
