// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A host that leaves connections unmade: it is there, accepts nobody, and the kernel has no room
 * for more who wait. Not thread-safe.
 */
public final class FullBacklog implements AutoCloseable {
  private static final int SOON_MILLIS = 200;
  private static final int MOST = 1000;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  /** Fills the queue of a new port. */
  public FullBacklog() throws IOException {
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), SOON_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    close();
    throw new IOException("the kernel takes more connections than it was told to");
  }

  /** Where connecting hangs. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    server.close();
  }
}
