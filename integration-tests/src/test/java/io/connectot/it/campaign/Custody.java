// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

/** Who has to keep a number that is under way between a connector and its peer. */
enum Custody {
  /** The connector, always: what its peer has sent is not sent again. */
  CONNECTOR,

  /** The peer, until the connector has acknowledged the number. */
  PEER_UNTIL_ACKNOWLEDGED,

  /** The peer, once it has acknowledged the number. */
  PEER_ONCE_ACKNOWLEDGED;

  /** Whether the peer has to keep a number. */
  boolean isPeers(boolean acknowledged) {
    return switch (this) {
      case CONNECTOR -> false;
      case PEER_UNTIL_ACKNOWLEDGED -> !acknowledged;
      case PEER_ONCE_ACKNOWLEDGED -> acknowledged;
    };
  }
}
