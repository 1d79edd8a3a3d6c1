// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/** What becomes of a subscription that asks for QoS 2. */
public enum QosTwoPolicy {
  /** It asks for QoS 1. */
  AS_QOS1,
  /** It asks for QoS 2; the broker gets PUBREC once Kafka has the message. */
  HANDSHAKE;

  /** The QoS to ask the broker for. */
  int asked(int qos) {
    return this == AS_QOS1 ? Math.min(1, qos) : qos;
  }
}
