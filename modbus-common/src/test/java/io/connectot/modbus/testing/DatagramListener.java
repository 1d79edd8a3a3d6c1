// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.testing.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** UDP on the loopback address: a request a datagram. */
final class DatagramListener implements RequestListener {
  private final RequestResponder responder;
  private final Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
  private volatile DatagramSocket socket;
  private volatile Thread thread;
  private volatile int port;

  DatagramListener(RequestResponder responder) {
    this.responder = responder;
  }

  @Override
  public void start() throws IOException {
    DatagramSocket opened =
        port == 0
            ? FreePorts.bind(DatagramListener::open)
            : FreePorts.bindAgain(port, DatagramListener::open);
    port = opened.getLocalPort();
    socket = opened;
    thread = new Thread(() -> serve(opened), "simulated-modbus-udp");
    thread.setDaemon(true);
    thread.start();
  }

  private static DatagramSocket open(int at) throws IOException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
  }

  @Override
  public void stop() {
    socket.close();
    StreamListener.joinQuietly(thread);
  }

  @Override
  public int port() {
    return port;
  }

  private void serve(DatagramSocket opened) {
    byte[] buffer = new byte[600];
    while (!opened.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        opened.receive(packet);
        SocketAddress peer = packet.getSocketAddress();
        if (peers.add(peer)) {
          responder.counters().accepted();
        }
        ReceivedRequest request =
            ServerFraming.MBAP.read(new ByteArrayInputStream(buffer, 0, packet.getLength()));
        responder.answer(request, ServerFraming.MBAP, new DatagramOutput(opened, peer));
      } catch (IOException e) {
        // The server stops, or what came was no request: the next may be one.
      }
    }
  }

  private record DatagramOutput(DatagramSocket socket, SocketAddress peer)
      implements ResponseOutput {
    @Override
    public void write(byte[] frame) throws IOException {
      socket.send(new DatagramPacket(frame, frame.length, peer));
    }

    @Override
    public void close() {
      // There is no connection.
    }
  }
}
