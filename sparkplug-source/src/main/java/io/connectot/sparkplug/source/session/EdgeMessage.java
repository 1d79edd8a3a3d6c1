// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;

/**
 * A message of an edge node until Kafka has what it became, or that a connection was lost.
 *
 * @param message null for a lost connection
 * @param transport it came over; null for a lost connection
 * @param lost in words for an operator; null for a message
 */
record EdgeMessage(
    InboundMessage message, MqttTransport transport, long receivedNanos, String lost) {
  private static final int OVERHEAD = 128;

  long bytes() {
    return message == null
        ? 0
        : OVERHEAD + message.topic().length() + (long) message.payload().length;
  }
}
