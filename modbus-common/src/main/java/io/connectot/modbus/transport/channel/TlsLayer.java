// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Adds TLS to a connected socket. Thread-safe. */
@FunctionalInterface
public interface TlsLayer {

  /**
   * Wraps a connected socket. Sends nothing yet.
   *
   * @param host the name that the peer's certificate must carry, as configured
   * @return a socket in client mode that verifies the peer as configured; the caller closes the
   *     given socket
   * @throws IOException when the configured stores cannot be read
   */
  SSLSocket wrap(Socket socket, String host, int port) throws IOException;
}
