// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.mqtt.transport.InboundMessage;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds the original of a redelivered message. Indexed by packet identifier: a broker redelivers a
 * message with its identifier, and has one message per identifier in flight ([MQTT-2.2.1-4]).
 * Thread-safe.
 */
final class RedeliveryIndex {
  private static final int PACKET_IDS = 65_536;

  private final long maxBytes;
  private final AtomicReferenceArray<InFlightMessage> byPacketId =
      new AtomicReferenceArray<>(PACKET_IDS);

  /**
   * @param maxBytes maximum size of the messages of earlier connections that are kept
   */
  RedeliveryIndex(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The original of a message; null when the message is new. */
  InFlightMessage find(InboundMessage message) {
    if (!message.duplicate()) {
      return null;
    }
    InFlightMessage earlier = byPacketId.get(message.packetId());
    return earlier != null && earlier.isRepeatedBy(message) ? earlier : null;
  }

  /** Adds a message, replacing an earlier one with the same packet identifier. */
  void remember(InFlightMessage message) {
    byPacketId.set(message.message().packetId(), message);
  }

  /** Removes an acknowledged message. */
  void forget(InFlightMessage message) {
    byPacketId.compareAndSet(message.message().packetId(), message, null);
  }

  /** Removes everything: the broker has no session, so nothing will be redelivered. */
  void forgetAll() {
    for (int id = 0; id < PACKET_IDS; id++) {
      byPacketId.set(id, null);
    }
  }

  /** Limits what is kept for a new connection. A redelivery of the rest is mapped again. */
  void trim() {
    long bytes = 0;
    for (int id = 0; id < PACKET_IDS; id++) {
      InFlightMessage message = byPacketId.get(id);
      if (message != null) {
        bytes += message.bytes();
        if (bytes > maxBytes) {
          byPacketId.compareAndSet(id, message, null);
        }
      }
    }
  }
}
