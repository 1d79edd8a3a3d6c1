// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between client and broker, and breaks or holds up what passes. */
public final class Proxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private boolean held; // guarded by lock

  public Proxy(int target) throws IOException {
    this(0, target);
  }

  /**
   * @param port to listen on; 0 for any
   * @param target the port of the broker
   */
  public Proxy(int port, int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(this::accept);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Breaks all connections. */
  public void cut() {
    for (Socket socket : sockets) {
      close(socket);
    }
    sockets.clear();
  }

  /** Lets nothing pass any more, without breaking anything. */
  public void hold() {
    synchronized (lock) {
      held = true;
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(broker);
        start(() -> pipe(client, broker));
        start(() -> pipe(broker, client));
      }
    } catch (IOException e) {
      cut();
    }
  }

  private void pipe(Socket from, Socket to) {
    byte[] bytes = new byte[4096];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(bytes);
      while (read >= 0) {
        awaitReleased();
        out.write(bytes, 0, read);
        out.flush();
        read = in.read(bytes);
      }
    } catch (IOException e) {
      close(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private void awaitReleased() throws InterruptedException {
    synchronized (lock) {
      while (held) {
        lock.wait();
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      held = false;
      lock.notifyAll();
    }
    try {
      server.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    cut();
  }
}
