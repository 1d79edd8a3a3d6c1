// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

/** How arrays among members are read: {@code arrays}. */
enum ArrayPolicy {
  /** A measurement per element, with the index in its name. */
  INDEX,
  /** One measurement with the JSON of the array. */
  JSON,
  /** Objects in arrays are samples, without an index; other elements as with {@link #INDEX}. */
  SAMPLES
}
