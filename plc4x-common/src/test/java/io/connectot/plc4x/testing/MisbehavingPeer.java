// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that accepts connections and behaves badly on them. Thread-safe. */
public final class MisbehavingPeer implements AutoCloseable {
  /** What it does with a connection. */
  public enum Manners {
    /** Takes everything and says nothing. */
    SILENT,
    /** Answers whatever comes with bytes that mean nothing. */
    GARBAGE,
    /** Sends the beginning of something and closes. */
    CUTS_OFF
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger heard = new AtomicInteger();
  private final Manners manners;

  public MisbehavingPeer(Manners manners) throws IOException {
    this.manners = manners;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** How many connections came so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many times something came over a connection. */
  public int heard() {
    return heard.get();
  }

  /** How many connections are open. */
  public int open() {
    return sockets.size();
  }

  private static void start(Runnable run) {
    Thread thread = new Thread(run, "dumb-peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        sockets.add(socket);
        accepted.incrementAndGet();
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        heard.incrementAndGet();
        switch (manners) {
          case SILENT -> {}
          case GARBAGE -> socket.getOutputStream().write(new byte[] {7, 3, 3, 7, 9, 9, 9, 9, 1, 2});
          case CUTS_OFF -> {
            socket.getOutputStream().write(new byte[] {3, 0, 0});
            return;
          }
        }
      }
    } catch (IOException e) {
      // The other side is gone, as it may.
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
