// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Follows the sequence numbers of edge nodes: after missing ones, the last known birth of the edge
 * node and of its devices may not be the last, and its aliases those of other metrics. For one
 * thread at a time.
 */
final class MissedBirths {
  private static final int NUMBERS = 256;

  /** The next number of each edge node. */
  private final Map<EdgeId, Long> expected = new HashMap<>();

  /** The edge nodes with missing numbers since their birth. */
  private final Set<EdgeId> doubtful = new HashSet<>();

  /** The devices of these that were born since. */
  private final Set<EdgeId> bornSince = new HashSet<>();

  /** Takes a message of an edge node or of any of its devices. */
  void follow(MessageType type, EdgeId id, Payload payload) {
    EdgeId node = id.ofNode();
    Long seq = payload.seq();
    if (type == MessageType.NBIRTH) {
      doubtful.remove(node);
      bornSince.removeIf(device -> device.ofNode().equals(node));
      expected.remove(node);
    }
    if (type == MessageType.NDEATH || type.isCommand() || seq == null) {
      return;
    }
    Long next = expected.put(node, (seq + 1) % NUMBERS);
    if (next != null && !next.equals(seq)) {
      doubtful.add(node);
      bornSince.removeIf(device -> device.ofNode().equals(node));
    }
    if (type == MessageType.DBIRTH && doubtful.contains(node)) {
      bornSince.add(id);
    }
  }

  /** Whether a birth of an edge node or device may have been missed. */
  boolean areMissed(EdgeId id) {
    return doubtful.contains(id.ofNode()) && !bornSince.contains(id);
  }
}
