// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import io.connectot.core.testing.FreePorts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A device of a test that answers requests over TCP, one thread per connection. */
public abstract class TcpPeer implements AutoCloseable {
  /** What is wrong with the answers to requests for values. */
  public enum Fault {
    NONE,
    /** No answer. */
    SILENT,
    /** Bytes without a meaning. */
    GARBAGE,
    /** The answer is kept until {@link #sendKept}. */
    LATE,
    /** Half of an answer, whose length is right for the rest. */
    TRUNCATED,
    /** The connection is closed in place of an answer. */
    CLOSES
  }

  private final int port;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  /** What is wrong with the next answer only; null for nothing. */
  private final AtomicReference<Fault> next = new AtomicReference<>();

  private final List<KeptAnswer> kept = new CopyOnWriteArrayList<>();
  private volatile ServerSocket server;
  private volatile Thread acceptor;

  TcpPeer() {
    this.server = FreePorts.listen();
    this.port = server.getLocalPort();
    this.acceptor = start(() -> accept(server));
  }

  /** Accepts connections again. */
  public void plug() throws IOException {
    if (server.isClosed()) {
      ServerSocket opened = FreePorts.listen(port);
      server = opened;
      acceptor = start(() -> accept(opened));
    }
  }

  /** Closes all connections and refuses new ones. */
  public void unplug() throws IOException {
    server.close();
    try {
      // The port is free when the thread has left it.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disconnect();
  }

  /** One connection. Replies and notifications are sent by several threads. */
  static final class Connection {
    private final Socket socket;

    Connection(Socket socket) {
      this.socket = socket;
    }

    synchronized void send(byte[] frame) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(frame);
      out.flush();
    }

    void close() throws IOException {
      socket.close();
    }
  }

  /** Reads one request. */
  abstract byte[] read(DataInputStream in) throws IOException;

  /** Answers one request; null for no answer. */
  abstract byte[] answer(Connection connection, byte[] request) throws IOException;

  /** Whether the fault concerns a request. */
  abstract boolean isForValues(byte[] request);

  void closed(Connection connection) {}

  /** The host and port. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  /** How many connections were accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return connections.size();
  }

  /** How many requests for values arrived. */
  public int requests() {
    return requests.get();
  }

  /** Sets what is wrong from now on. */
  public void set(Fault wrong) {
    this.fault = wrong;
  }

  /** Sets what is wrong with the next answer to a request for values, which is carried out. */
  public void setNext(Fault wrong) {
    next.set(wrong);
  }

  /** Sends the answers that were kept, over connections that are still open. */
  public void sendKept() {
    for (KeptAnswer answer : kept) {
      try {
        answer.send();
      } catch (IOException e) {
        // The other side has given up.
      }
    }
    kept.clear();
  }

  /** An answer that waits. */
  private interface KeptAnswer {
    void send() throws IOException;
  }

  List<Connection> connections() {
    return connections;
  }

  private static Thread start(Runnable run) {
    Thread thread = new Thread(run, "tcp-peer");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept(ServerSocket opened) {
    try {
      while (!opened.isClosed()) {
        Socket socket = opened.accept();
        socket.setTcpNoDelay(true);
        accepted.incrementAndGet();
        start(() -> serve(new Connection(socket)));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Connection connection) {
    connections.add(connection);
    try (Socket socket = connection.socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] request = read(in);
        boolean values = isForValues(request);
        if (values) {
          requests.incrementAndGet();
        }
        Fault once = values ? next.getAndSet(null) : null;
        Fault now = once != null ? once : values ? fault : Fault.NONE;
        byte[] answer = answer(connection, request);
        if (now == Fault.CLOSES) {
          return;
        }
        if (answer == null || now == Fault.SILENT) {
          continue;
        }
        switch (now) {
          case LATE -> kept.add(() -> connection.send(answer));
          case GARBAGE -> connection.send(new byte[] {7, 3, 3, 7, 9, 9, 9, 9, 1, 2});
          case TRUNCATED -> connection.send(Arrays.copyOf(answer, answer.length / 2));
          default -> connection.send(answer);
        }
      }
    } catch (IOException e) {
      // The other side is gone, as it may.
    } finally {
      connections.remove(connection);
      closed(connection);
    }
  }

  /** Closes all connections; new ones are accepted. */
  public void disconnect() throws IOException {
    for (Connection connection : connections) {
      connection.socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    unplug();
  }
}
