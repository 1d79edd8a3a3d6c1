// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

/** Which headers of a record become properties of its message. */
public enum HeaderPolicy {
  /** None. */
  NONE,
  /** Those that the MQTT source writes for them. */
  MQTT,
  /** These, and all others as user properties. */
  ALL
}
