// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

/** How a part of a message that cannot be read is handled: {@code on.error}. */
enum ErrorPolicy {
  /** A record of quality BAD or UNCERTAIN with the reason. */
  STATUS,
  /** No record of this part. */
  SKIP,
  /** The whole message is poison. */
  POISON
}
