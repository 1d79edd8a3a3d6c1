// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import java.io.IOException;

/** Opens TCP connections, for MBAP or for RTU frames. */
final class TcpOpener implements ChannelOpener {
  private final String endpoint;
  private final SocketConnector connector;
  private final Framing framing;

  TcpOpener(String endpoint, SocketConnector connector, Framing framing) {
    this.endpoint = endpoint;
    this.connector = connector;
    this.framing = framing;
  }

  @Override
  public Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    DeadlineSocket socket = null;
    try {
      socket = connector.connect(call, connector.deadline());
      Channel channel = StreamChannel.connection(new SocketLine(socket, socket), framing);
      call.hold(channel);
      return channel;
    } catch (LinkClosedException e) {
      throw e;
    } catch (IOException e) {
      CloseGuard.closeQuietly(socket);
      throw ConnectFailure.of(endpoint, e);
    }
  }

  @Override
  public String endpoint() {
    return endpoint;
  }
}
