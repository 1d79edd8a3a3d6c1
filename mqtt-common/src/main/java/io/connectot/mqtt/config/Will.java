// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import java.time.Duration;

/**
 * The will message (MQTT 5.0 §3.1.2.5).
 *
 * @param payload must not be modified
 * @param qos 0 to 2
 * @param delay will delay interval; MQTT 5 only, whole seconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Will(String topic, byte[] payload, int qos, boolean retained, Duration delay) {
  public Will {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS " + qos);
    }
  }
}
