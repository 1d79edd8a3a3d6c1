// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.mqtt.transport.ReasonCode;
import java.util.EnumMap;
import java.util.Map;

/** What an operator can do about a message that the broker refused. */
public final class Remedies {
  private static final Map<ReasonCode, String> REMEDIES = new EnumMap<>(ReasonCode.class);

  static {
    REMEDIES.put(
        ReasonCode.NOT_AUTHORIZED, "allow the user of mqtt.username to publish to the topic");
    REMEDIES.put(ReasonCode.TOPIC_NAME_INVALID, "change mqtt.topic or the values it takes");
    REMEDIES.put(
        ReasonCode.PACKET_TOO_LARGE, "raise the broker's longest packet or publish less of it");
    REMEDIES.put(
        ReasonCode.PAYLOAD_FORMAT_INVALID, "the broker wants another payload on this topic");
    REMEDIES.put(ReasonCode.RETAIN_NOT_SUPPORTED, "set mqtt.retain=false and mqtt.tombstone=skip");
    REMEDIES.put(ReasonCode.QOS_NOT_SUPPORTED, "lower mqtt.qos");
  }

  private Remedies() {}

  /**
   * The remedy for a refusal.
   *
   * @param status code and name of the reason
   */
  public static String of(String status) {
    for (Map.Entry<ReasonCode, String> remedy : REMEDIES.entrySet()) {
      if (status.equals(remedy.getKey().status())) {
        return remedy.getValue();
      }
    }
    return "the broker's log may say why";
  }
}
