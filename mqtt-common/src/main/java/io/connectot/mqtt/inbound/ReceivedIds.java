// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The packet identifiers of QoS 2 messages that were answered with PUBREC and not yet released by
 * PUBREL: a redelivery of them is not a new message ([MQTT-4.3.3-10]). Part of the session:
 * outlives connections; in memory only. Thread-safe.
 */
public final class ReceivedIds {
  /** Fingerprint to detect an identifier that the broker reused too early. */
  private final Map<Integer, Integer> hashes = new HashMap<>(); // guarded by this

  /** The broker of the session; guarded by this, null before the first connection. */
  private BrokerAddress owner;

  /** Forgets the identifiers when the broker changed: its session may have an older state. */
  public synchronized void connecting(BrokerAddress broker) {
    if (!broker.equals(owner)) {
      hashes.clear();
    }
    owner = broker;
  }

  /** The broker has no session. */
  synchronized void clear() {
    hashes.clear();
  }

  /** The message is in Kafka. */
  synchronized void add(InboundMessage message) {
    hashes.put(message.packetId(), hash(message));
  }

  /** Whether the message is already in Kafka. In doubt false, so that nothing is lost. */
  synchronized boolean contains(InboundMessage message) {
    if (hashes.isEmpty()) {
      return false;
    }
    Integer known = hashes.get(message.packetId());
    return known != null && message.duplicate() && known == hash(message);
  }

  /** The broker released the identifier. */
  synchronized void remove(int packetId) {
    hashes.remove(packetId);
  }

  private static int hash(InboundMessage message) {
    return 31 * message.topic().hashCode() + Arrays.hashCode(message.payload());
  }
}
