// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

/** Which headers of a record become properties of its message. */
public enum HeaderPolicy {
  /** None. */
  NONE,
  /** The headers that the MQTT source writes for properties. */
  MQTT,
  /** These headers, and all others as user properties. */
  ALL
}
