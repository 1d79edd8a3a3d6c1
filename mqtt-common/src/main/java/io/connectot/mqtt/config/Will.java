// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import java.time.Duration;

/**
 * What the broker publishes when it loses the connection without a DISCONNECT (MQTT 5.0 §3.1.2.5).
 *
 * @param payload not to be changed afterwards
 * @param qos 0 to 2
 * @param delay how long the broker waits first; MQTT 5 only, whole seconds
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares wills
public record Will(String topic, byte[] payload, int qos, boolean retained, Duration delay) {
  public Will {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS " + qos);
    }
  }
}
