// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * A message to the broker. Immutable.
 *
 * @param payload must not be modified; empty and retained clears the retained message of the topic
 * @param qos 0 to 2
 * @param properties ignored with MQTT 3.1.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboundMessage(
    String topic, byte[] payload, int qos, boolean retained, MessageProperties properties) {
  public OutboundMessage {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS " + qos);
    }
  }
}
