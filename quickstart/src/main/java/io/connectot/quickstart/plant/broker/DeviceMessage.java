// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.broker;

import java.nio.charset.StandardCharsets;

/**
 * A message that a device publishes.
 *
 * @param payload text, encoded as UTF-8
 * @param retained the retain flag
 */
public record DeviceMessage(String topic, String payload, int qos, boolean retained) {

  /** A message as most devices send it: QoS 1, not retained. */
  public static DeviceMessage of(String topic, String payload) {
    return new DeviceMessage(topic, payload, 1, false);
  }

  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
