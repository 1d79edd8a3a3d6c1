// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.transport.frame.IoDeadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects TCP sockets. Resolves the host name at every attempt, because addresses change, and
 * divides the connect timeout evenly among the host's addresses, so that one that drops packets
 * does not use up the time of the next.
 */
public final class SocketConnector {
  private final String host;
  private final int port;
  private final Duration timeout;
  private final Clock clock;

  public SocketConnector(String host, int port, Duration timeout, Clock clock) {
    this.host = host;
    this.port = port;
    this.timeout = timeout;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** The deadline of a connection attempt that starts now. */
  IoDeadline deadline() {
    return IoDeadline.in(timeout, clock);
  }

  /** Connects; {@code call} then holds the socket. */
  DeadlineSocket connect(CloseGuard.Call call, IoDeadline deadline) throws IOException {
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
          throw new ConnectionClosedException();
        }
        failure = e;
      }
    }
    throw failure != null ? failure : new SocketTimeoutException("no address");
  }
}
