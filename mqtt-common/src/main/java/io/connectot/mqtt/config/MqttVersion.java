// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

/** MQTT protocol version. */
public enum MqttVersion {
  /** MQTT 3.1.1. */
  V3,
  /** MQTT 5.0. */
  V5
}
