// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

/** What a connector is connected to: a device, a server, a broker. For one thread. */
interface OtherSide {
  /** Ends it. */
  void kill();

  /** Starts it again where it was, with what it remembers of its former life. */
  void start();
}
