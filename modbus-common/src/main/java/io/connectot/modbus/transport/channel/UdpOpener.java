// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.spi.ProtocolException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens UDP sockets that send to and receive from one device only. */
public final class UdpOpener implements ChannelOpener {
  private final String endpoint;
  private final String host;
  private final int port;

  public UdpOpener(String endpoint, String host, int port) {
    this.endpoint = endpoint;
    this.host = host;
    this.port = port;
  }

  @Override
  public FrameChannel open(CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    DatagramSocket socket = null;
    try {
      InetAddress address = InetAddress.getByName(host);
      socket = new DatagramSocket();
      socket.connect(new InetSocketAddress(address, port));
      FrameChannel channel = new UdpChannel(socket);
      call.hold(channel);
      return channel;
    } catch (ConnectionClosedException e) {
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
