// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that stop and start again. They are outside the range from which systems assign
 * ports: such a port could be taken when the server starts again, or even connect to itself.
 */
public final class FreePorts {
  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 100;

  private FreePorts() {}

  /** Opens something at a port. */
  @FunctionalInterface
  public interface Binder<T> {
    /**
     * @throws IOException when the port is in use
     */
    T bind(int port) throws IOException;
  }

  /** Opens something at a port that nothing else uses. */
  public static <T> T bind(Binder<T> binder) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return binder.bind(ThreadLocalRandom.current().nextInt(FIRST, END));
      } catch (IOException e) {
        // The port is in use.
      }
    }
    throw new UncheckedIOException(new IOException("there is no free port"));
  }

  /** A server at a port that nothing else uses. */
  public static ServerSocket listen() {
    return bind(FreePorts::listen);
  }

  /** A server at this port. */
  public static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }
}
