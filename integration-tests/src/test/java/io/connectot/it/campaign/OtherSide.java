// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

/** The peer of a connector: a device, a server or a broker. For one thread. */
interface OtherSide {
  /** Stops the peer. */
  void kill();

  /** Restarts the peer at the same address, with its stored state. */
  void start();
}
