// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.nio.charset.StandardCharsets;

/**
 * What a device publishes.
 *
 * @param payload as text; UTF-8 on the wire
 * @param retained whether the broker keeps it for those who subscribe later
 */
record Message(String topic, String payload, int qos, boolean retained) {

  /** A message as most devices send it: at least once, not kept. */
  static Message of(String topic, String payload) {
    return new Message(topic, payload, 1, false);
  }

  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
