// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that go away and come back. They lie where systems take none from for outgoing
 * connections: one of those could have the port when the server wants it back, or even connect to
 * itself.
 */
final class FreePorts {
  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 100;

  private FreePorts() {}

  /** A server at a port that nobody else has. */
  static ServerSocket listen() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return listen(ThreadLocalRandom.current().nextInt(FIRST, END));
      } catch (IOException e) {
        // Somebody has it.
      }
    }
    throw new UncheckedIOException(new IOException("there is no free port"));
  }

  /** A server at this port. */
  static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }
}
