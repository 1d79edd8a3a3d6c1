// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.time.Duration;

/**
 * What the broker consented to.
 *
 * @param sessionPresent whether it kept the session of before; when it should have and did not,
 *     messages may be missing
 */
public record ConnectResult(boolean sessionPresent, ServerLimits limits) {

  /**
   * What the broker allows; MQTT 3.1.1 knows no limits.
   *
   * @param receiveMaximum how many messages of QoS 1 and 2 it takes before the first is
   *     acknowledged
   * @param maximumQos the highest QoS that may be published
   * @param maximumPacketSize in bytes
   * @param keepAlive in force; the broker's wish beats the client's
   * @param assignedClientId empty when the client's own is used
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

    /** What the library would bend or the broker end the connection for; null when neither. */
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
