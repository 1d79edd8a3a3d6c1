// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The packet identifiers of the messages of QoS 2 that were answered with PUBREC and not released
 * by PUBREL: the broker may send these messages again, and they are not new ([MQTT-4.3.3-10]). Part
 * of the session, so it outlives connections; kept in memory. Thread-safe.
 */
public final class ReceivedIds {
  /** What tells a message from another that got its identifier against the rules. */
  private final Map<Integer, Integer> hashes = new HashMap<>(); // guarded by this

  /** Whose session it is; guarded by this, null before the first connection. */
  private BrokerAddress owner;

  /** Another broker may know the session too, from another time. */
  public synchronized void connecting(BrokerAddress broker) {
    if (!broker.equals(owner)) {
      hashes.clear();
    }
    owner = broker;
  }

  /** The broker does not know the session. */
  synchronized void clear() {
    hashes.clear();
  }

  /** Kafka has the message. */
  synchronized void add(InboundMessage message) {
    hashes.put(message.packetId(), hash(message));
  }

  /** Whether it is a message that Kafka has. When in doubt it is not, for nothing may be lost. */
  synchronized boolean contains(InboundMessage message) {
    if (hashes.isEmpty()) {
      return false;
    }
    Integer known = hashes.get(message.packetId());
    return known != null && message.duplicate() && known == hash(message);
  }

  /** The broker will not send it again. */
  synchronized void remove(int packetId) {
    hashes.remove(packetId);
  }

  private static int hash(InboundMessage message) {
    return 31 * message.topic().hashCode() + Arrays.hashCode(message.payload());
  }
}
