// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.IoDeadline;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Opens TCP connections, plain (MBAP or RTU frames) or with TLS (MODBUS/TCP Security). */
public final class TcpOpener implements ChannelOpener {
  private final String endpoint;
  private final SocketConnector connector;
  private final Framing framing;
  private final boolean transactionIds;
  private final TlsLayer tls;

  /**
   * @param transactionIds whether responses have the transaction identifier of their request
   * @param tls null for a connection without TLS
   */
  public TcpOpener(
      String endpoint,
      SocketConnector connector,
      Framing framing,
      boolean transactionIds,
      TlsLayer tls) {
    this.transactionIds = transactionIds;
    this.endpoint = endpoint;
    this.connector = connector;
    this.framing = framing;
    this.tls = tls;
  }

  @Override
  public FrameChannel open(CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    IoDeadline deadline = connector.deadline();
    DeadlineSocket socket;
    try {
      socket = connector.connect(call, deadline);
    } catch (ConnectionClosedException e) {
      throw e;
    } catch (IOException e) {
      throw ConnectFailure.of(endpoint, e);
    }
    try {
      Socket secured = tls == null ? socket : secure(socket);
      FrameChannel channel =
          ByteStreamChannel.connection(
              new SocketByteStream(socket, secured), framing, transactionIds, connector.clock());
      call.hold(channel);
      return channel;
    } catch (IOException e) {
      CloseGuard.closeQuietly(socket);
      if (call.isClosed()) {
        throw new ConnectionClosedException();
      }
      throw tls == null ? ConnectFailure.of(endpoint, e) : ConnectFailure.ofHandshake(endpoint, e);
    }
  }

  private Socket secure(DeadlineSocket socket) throws IOException {
    SSLSocket secured = tls.wrap(socket, connector.host(), connector.port());
    secured.startHandshake();
    return secured;
  }

  @Override
  public String endpoint() {
    return endpoint;
  }
}
