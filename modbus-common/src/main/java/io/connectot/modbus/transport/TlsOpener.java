// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import java.io.IOException;
import javax.net.ssl.SSLSocket;

/** Opens MODBUS/TCP Security connections: MBAP over TLS. */
final class TlsOpener implements ChannelOpener {
  private final String endpoint;
  private final SocketConnector connector;
  private final TlsLayer tls;

  TlsOpener(String endpoint, SocketConnector connector, TlsLayer tls) {
    this.endpoint = endpoint;
    this.connector = connector;
    this.tls = tls;
  }

  @Override
  public Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    Deadline deadline = connector.deadline();
    DeadlineSocket socket;
    try {
      socket = connector.connect(call, deadline);
    } catch (LinkClosedException e) {
      throw e;
    } catch (IOException e) {
      throw ConnectFailure.of(endpoint, e);
    }
    try {
      SSLSocket secured = tls.wrap(socket, connector.host(), connector.port());
      secured.startHandshake();
      Channel channel = StreamChannel.connection(new SocketLine(socket, secured), Framing.MBAP);
      call.hold(channel);
      return channel;
    } catch (IOException e) {
      CloseGuard.closeQuietly(socket);
      if (call.isClosed()) {
        throw new LinkClosedException();
      }
      throw ConnectFailure.ofHandshake(endpoint, e);
    }
  }

  @Override
  public String endpoint() {
    return endpoint;
  }
}
