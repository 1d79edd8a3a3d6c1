// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/** How subscriptions with QoS 2 are made. */
public enum QosTwoPolicy {
  /** Requests QoS 1. */
  AS_QOS1,
  /** Requests QoS 2; PUBREC is sent once Kafka has the message. */
  HANDSHAKE;

  /** The QoS to request. */
  int asked(int qos) {
    return this == AS_QOS1 ? Math.min(1, qos) : qos;
  }
}
