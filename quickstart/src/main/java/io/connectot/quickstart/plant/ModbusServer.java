// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Modbus TCP device on the loopback interface with one unit, which responds to any unit
 * identifier: Modbus Messaging on TCP/IP V1.0b §3.1. It can be disconnected and reconnected. {@link
 * #plugIn} and {@link #unplug} are for one thread.
 */
final class ModbusServer implements AutoCloseable {
  private static final int LARGEST_LENGTH_FIELD = 254;

  private final int port;
  private final RegisterTables tables;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /** Null while unplugged. */
  private ServerSocket listener;

  /** Accepts the connections of {@link #listener}; null before the first start. */
  private Thread acceptor;

  ModbusServer(int port, RegisterTables tables) {
    this.port = port;
    this.tables = tables;
  }

  int port() {
    return port;
  }

  boolean isPluggedIn() {
    return listener != null;
  }

  /** Starts listening; does nothing if it already listens. */
  void plugIn() throws IOException {
    if (listener != null) {
      return;
    }
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    listener = socket;
    acceptor = start("accept", () -> accept(socket));
  }

  /** Closes all connections and stops listening, so that new connections are refused. */
  void unplug() {
    if (listener != null) {
      closeQuietly(listener);
      listener = null;
      awaitAcceptor();
    }
    connections.forEach(ModbusServer::closeQuietly);
  }

  @Override
  public void close() {
    unplug();
  }

  /**
   * The kernel keeps the port open and completes connections to it until the thread waiting in
   * accept has released the closed listener.
   */
  private void awaitAcceptor() {
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        if (socket.isClosed()) {
          closeQuietly(connection);
        }
        start("connection", () -> serve(connection));
      } catch (IOException e) {
        // The listener was closed, which ends the loop, or a client aborted its connection.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      connection.setTcpNoDelay(true);
      while (true) {
        int transaction = in.readUnsignedShort();
        int protocol = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (protocol != 0 || length < 2 || length > LARGEST_LENGTH_FIELD) {
          return;
        }
        int unit = in.readUnsignedByte();
        byte[] reply = ModbusReply.to(in.readNBytes(length - 1), tables);
        out.write(
            ByteBuffer.allocate(7 + reply.length)
                .putShort((short) transaction)
                .putShort((short) 0)
                .putShort((short) (reply.length + 1))
                .put((byte) unit)
                .put(reply)
                .array());
      }
    } catch (IOException e) {
      // The client closed the connection, or the device was unplugged: the normal end of a
      // connection.
    } finally {
      connections.remove(connection);
    }
  }

  private Thread start(String role, Runnable work) {
    Thread thread = new Thread(work, "plant-" + port + "-" + role);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // The socket is no longer used, so a failure to close it has no effect.
    }
  }
}
