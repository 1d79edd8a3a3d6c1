// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects TCP sockets. The name is resolved at every connect, because devices move; its addresses
 * share the connect timeout evenly, so that one that swallows packets does not hide the next.
 */
final class SocketConnector {
  private final String host;
  private final int port;
  private final Duration timeout;
  private final LinkClock clock;

  SocketConnector(String host, int port, Duration timeout, LinkClock clock) {
    this.host = host;
    this.port = port;
    this.timeout = timeout;
    this.clock = clock;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** A deadline for everything that connecting takes, from now on. */
  Deadline deadline() {
    return Deadline.in(timeout, clock);
  }

  /** Connects; {@code call} then holds the socket. */
  DeadlineSocket connect(CloseGuard.Call call, Deadline deadline) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    IOException failure = null;
    for (int i = 0; i < addresses.length; i++) {
      DeadlineSocket socket = new DeadlineSocket();
      call.hold(socket);
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        int share = Math.max(1, deadline.remainingMillis() / (addresses.length - i));
        socket.connect(new InetSocketAddress(addresses[i], port), share);
        socket.arm(deadline);
        return socket;
      } catch (IOException e) {
        CloseGuard.closeQuietly(socket);
        if (call.isClosed()) {
          throw new LinkClosedException();
        }
        failure = e;
      }
    }
    throw failure != null ? failure : new SocketTimeoutException("no address");
  }
}
