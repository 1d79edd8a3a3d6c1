// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ports for servers that stop and start again. They are outside the range from which systems assign
 * ports: such a port could be taken when the server starts again, or even connect to itself. No
 * port is given twice, so that a test does not take the port of a stopped server of another test.
 * Thread-safe.
 */
public final class FreePorts {
  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 100;
  private static final long PAUSE_NANOS = 10_000_000;

  /** Other processes that run tests at the same time begin elsewhere. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(END - FIRST));

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
        return binder.bind(FIRST + Math.floorMod(NEXT.getAndIncrement(), END - FIRST));
      } catch (IOException e) {
        // The port is in use.
      }
    }
    throw new UncheckedIOException(new IOException("there is no free port"));
  }

  /** A server at a port that nothing else uses. */
  public static ServerSocket listen() {
    return bind(FreePorts::open);
  }

  /** A port that nothing else uses, for a server that opens it itself. */
  public static int next() {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens something again at the port that it had. Waits for up to a second while the port is in
   * use: a process that is being started has all sockets of this one until it closes them.
   */
  public static <T> T bindAgain(int port, Binder<T> binder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return binder.bind(port);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** A server at this port, which had one before. */
  public static ServerSocket listen(int port) throws IOException {
    return bindAgain(port, FreePorts::open);
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }
}
