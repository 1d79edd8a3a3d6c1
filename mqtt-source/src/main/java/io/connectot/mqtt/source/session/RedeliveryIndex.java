// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.mqtt.transport.InboundMessage;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers messages until they are acknowledged, so that those that a broker sends again after a
 * reconnect are known. By packet identifier: a broker sends them again under the same, and has no
 * two at a time under one ([MQTT-2.2.1-4]). Thread-safe.
 */
final class RedeliveryIndex {
  private static final int PACKET_IDS = 65_536;

  private final long maxBytes;
  private final AtomicReferenceArray<InFlightMessage> byPacketId =
      new AtomicReferenceArray<>(PACKET_IDS);

  /**
   * @param maxBytes how much of earlier connections is remembered at a new one
   */
  RedeliveryIndex(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What a message repeats; null when it is new. */
  InFlightMessage find(InboundMessage message) {
    if (!message.duplicate()) {
      return null;
    }
    InFlightMessage earlier = byPacketId.get(message.packetId());
    return earlier != null && earlier.isRepeatedBy(message) ? earlier : null;
  }

  /** Remembers a message, in place of what had its packet identifier before. */
  void remember(InFlightMessage arrival) {
    byPacketId.set(arrival.message().packetId(), arrival);
  }

  /** A message is acknowledged, and will not come again. */
  void forget(InFlightMessage arrival) {
    byPacketId.compareAndSet(arrival.message().packetId(), arrival, null);
  }

  /** The broker has no session, so nothing will come again. */
  void forgetAll() {
    for (int id = 0; id < PACKET_IDS; id++) {
      byPacketId.set(id, null);
    }
  }

  /** Another connection begins: forgets what is too much. To forget means to map it again. */
  void trim() {
    long bytes = 0;
    for (int id = 0; id < PACKET_IDS; id++) {
      InFlightMessage arrival = byPacketId.get(id);
      if (arrival != null) {
        bytes += arrival.bytes();
        if (bytes > maxBytes) {
          byPacketId.compareAndSet(id, arrival, null);
        }
      }
    }
  }
}
