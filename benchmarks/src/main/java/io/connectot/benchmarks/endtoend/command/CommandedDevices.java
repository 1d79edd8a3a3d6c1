// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Modbus devices over TCP that take single registers, and note when. A command's number is the
 * value that it writes. Thread-safe.
 */
final class CommandedDevices implements AutoCloseable {
  private static final int HEADER = 7;

  private final List<ServerSocket> servers = new ArrayList<>();
  private final List<Socket> connections = new ArrayList<>();

  /** When a command was sent, and when it arrived; of each device its commands one by one. */
  private final AtomicLongArray sent;

  private final AtomicLongArray arrived;
  private final AtomicInteger twice = new AtomicInteger();
  private final int perDevice;

  /**
   * @param perDevice commands for a device at most
   */
  CommandedDevices(int devices, int perDevice) throws IOException {
    this.perDevice = perDevice;
    this.sent = new AtomicLongArray(devices * perDevice);
    this.arrived = new AtomicLongArray(devices * perDevice);
    for (int device = 0; device < devices; device++) {
      ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      servers.add(server);
      int number = device;
      start("device-" + device, () -> accept(server, number));
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The port of a device. */
  int port(int device) {
    return servers.get(device).getLocalPort();
  }

  /** A command is sent now. */
  void sent(int device, int number) {
    sent.set(device * perDevice + number, System.nanoTime());
  }

  /** How often a command arrived that had arrived before. */
  int twice() {
    return twice.get();
  }

  /** Whether a command has arrived. */
  boolean hasArrived(int device, int number) {
    return arrived.get(device * perDevice + number) != 0;
  }

  /** The nanoseconds from sending to arrival; negative if it has not arrived. */
  long age(int device, int number) {
    int at = device * perDevice + number;
    return arrived.get(at) == 0 ? -1 : arrived.get(at) - sent.get(at);
  }

  private void accept(ServerSocket server, int device) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connection.setTcpNoDelay(true);
        synchronized (connections) {
          connections.add(connection);
        }
        start("device-" + device + "-connection", () -> serve(connection, device));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  /** Answers function 6 with the request, as Modbus does. */
  private void serve(Socket connection, int device) {
    try (connection) {
      DataInputStream input = new DataInputStream(connection.getInputStream());
      while (true) {
        byte[] header = new byte[HEADER];
        input.readFully(header);
        byte[] request = new byte[((header[4] & 0xFF) << 8 | (header[5] & 0xFF)) - 1];
        input.readFully(request);
        arrived(device, (request[3] & 0xFF) << 8 | (request[4] & 0xFF));
        byte[] answer = new byte[HEADER + request.length];
        System.arraycopy(header, 0, answer, 0, HEADER);
        System.arraycopy(request, 0, answer, HEADER, request.length);
        connection.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void arrived(int device, int number) {
    if (!arrived.compareAndSet(device * perDevice + number, 0, System.nanoTime())) {
      twice.incrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      for (ServerSocket server : servers) {
        server.close();
      }
      synchronized (connections) {
        for (Socket connection : connections) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
