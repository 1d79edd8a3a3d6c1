// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.time.Duration;

/**
 * The broker's CONNACK.
 *
 * @param sessionPresent whether the broker resumed the session; if it should have and did not,
 *     messages may be missing
 */
public record ConnectResult(boolean sessionPresent, ServerLimits limits) {

  /**
   * The broker's limits; MQTT 3.1.1 announces none.
   *
   * @param receiveMaximum maximum unacknowledged QoS 1 and 2 messages sent to the broker
   * @param maximumQos maximum QoS of publications
   * @param maximumPacketSize in bytes
   * @param keepAlive the effective value; the broker's overrides the client's
   * @param assignedClientId empty when the client's own id is used
   */
  public record ServerLimits(
      int receiveMaximum,
      int maximumQos,
      long maximumPacketSize,
      Duration keepAlive,
      boolean retainAvailable,
      boolean wildcardsAvailable,
      boolean sharedAvailable,
      String assignedClientId) {

    /** Why a message would violate the limits; null when it does not. */
    public PublishResult refusal(OutboundMessage message) {
      if (message.qos() > maximumQos) {
        return PublishResult.refused(ReasonCode.QOS_NOT_SUPPORTED);
      }
      if (message.retained() && !retainAvailable) {
        return PublishResult.refused(ReasonCode.RETAIN_NOT_SUPPORTED);
      }
      if (PacketSize.of(message) > maximumPacketSize) {
        return PublishResult.refused(ReasonCode.PACKET_TOO_LARGE);
      }
      return null;
    }
  }
}
