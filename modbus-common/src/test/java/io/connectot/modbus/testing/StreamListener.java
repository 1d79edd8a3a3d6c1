// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.testing.FreePorts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** TCP connections, plain or TLS, on the loopback address. A thread each. */
final class StreamListener implements RequestListener {
  private final ServerSocketFactory sockets;
  private final ServerFraming framing;
  private final RequestResponder responder;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final boolean needsClientCertificate;
  private volatile int mostConnections = Integer.MAX_VALUE;
  private volatile ServerSocket server;
  private volatile int port;

  /**
   * @param needsClientCertificate for TLS, whether a peer without a trusted certificate is refused
   */
  StreamListener(
      ServerSocketFactory sockets,
      boolean needsClientCertificate,
      ServerFraming framing,
      RequestResponder responder) {
    this.needsClientCertificate = needsClientCertificate;
    this.sockets = sockets;
    this.framing = framing;
    this.responder = responder;
  }

  void mostConnections(int most) {
    mostConnections = most;
  }

  @Override
  public void start() throws IOException {
    ServerSocket opened =
        port == 0 ? FreePorts.bind(this::open) : FreePorts.bindAgain(port, this::open);
    if (opened instanceof SSLServerSocket secured) {
      secured.setNeedClientAuth(needsClientCertificate);
    }
    port = opened.getLocalPort();
    server = opened;
    run("simulated-modbus-accept", () -> accept(opened));
  }

  private ServerSocket open(int at) throws IOException {
    ServerSocket opened = sockets.createServerSocket();
    try {
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public void stop() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
    for (Thread thread : threads) {
      joinQuietly(thread);
    }
  }

  static void joinQuietly(Thread thread) {
    if (thread != Thread.currentThread()) {
      try {
        thread.join(5000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int port() {
    return port;
  }

  private void run(String name, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept(ServerSocket opened) {
    while (true) {
      try {
        Socket connection = opened.accept();
        if (connections.size() >= mostConnections) {
          connection.close();
          continue;
        }
        connections.add(connection);
        responder.counters().accepted();
        responder.counters().opened();
        run("simulated-modbus-connection", () -> serve(connection));
        if (opened.isClosed()) {
          connection.close();
        }
      } catch (IOException e) {
        if (opened.isClosed()) {
          return;
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      ResponseOutput output = new SocketOutput(connection);
      while (true) {
        responder.answer(framing.read(in), framing, output);
      }
    } catch (IOException e) {
      // The peer left, the server stops, or what came was no request.
    } finally {
      connections.remove(connection);
      responder.counters().closed();
    }
  }

  private record SocketOutput(Socket connection) implements ResponseOutput {
    @Override
    public void write(byte[] frame) throws IOException {
      synchronized (connection) {
        connection.getOutputStream().write(frame);
        connection.getOutputStream().flush();
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
