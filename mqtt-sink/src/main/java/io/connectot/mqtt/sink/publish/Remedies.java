// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.mqtt.transport.ReasonCode;
import java.util.Map;

/** The remedies for messages that the broker refuses. */
public final class Remedies {
  private static final Map<String, String> REMEDIES =
      Map.of(
          ReasonCode.NOT_AUTHORIZED.status(),
          "allow the user of mqtt.username to publish to the topic",
          ReasonCode.TOPIC_NAME_INVALID.status(),
          "change mqtt.topic or the values in it",
          ReasonCode.PACKET_TOO_LARGE.status(),
          "raise the broker's maximum packet size, or publish smaller payloads",
          ReasonCode.PAYLOAD_FORMAT_INVALID.status(),
          "publish the payload format that the broker expects on the topic",
          ReasonCode.RETAIN_NOT_SUPPORTED.status(),
          "set mqtt.retain=false and mqtt.tombstone=skip",
          ReasonCode.QOS_NOT_SUPPORTED.status(),
          "lower mqtt.qos");

  private Remedies() {}

  /**
   * The cause and the remedy of a refused message.
   *
   * @param topic of the message
   * @param status the reason code and its name
   */
  public static String refusal(String topic, String status) {
    return "the broker refused it with " + status + " on topic '" + topic + "'; " + of(status);
  }

  /**
   * The remedy for a refusal.
   *
   * @param status the reason code and its name
   */
  private static String of(String status) {
    return REMEDIES.getOrDefault(status, "see the broker's log for the cause");
  }
}
