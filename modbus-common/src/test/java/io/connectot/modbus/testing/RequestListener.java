// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;

/** Takes requests from one kind of connection, on threads of its own. */
interface RequestListener {
  /** Starts to listen, on the same port as before if there was one. */
  void start() throws IOException;

  /** Stops, closes all connections, and waits for the threads. */
  void stop() throws IOException;

  /** The port number; -1 for a serial line. */
  int port();
}
