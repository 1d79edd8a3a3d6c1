// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.spi.line.LineException;

/** MQTT protocol version. */
public enum MqttVersion {
  /** MQTT 3.1.1. */
  V3,
  /** MQTT 5.0. */
  V5;

  static MqttVersion parse(String text) throws LineException {
    return switch (text) {
      case "3" -> V3;
      case "5" -> V5;
      default -> throw new LineException("must be 3 or 5");
    };
  }
}
