// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that does with each connection what its script says, right or wrong. */
public final class ScriptedBroker implements AutoCloseable {
  private final ServerSocket server;
  private final Script script;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /** What happens on a connection; it is closed when the script ends. */
  @FunctionalInterface
  public interface Script {
    void run(Peer peer) throws Exception;
  }

  /** Starts to serve {@code script} to every connection. */
  public ScriptedBroker(Script script) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread thread = new Thread(this::accept, "scripted-broker");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections came. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Peer peer = new Peer(server.accept(), connections.incrementAndGet());
        peers.add(peer);
        Thread thread = new Thread(() -> serve(peer), "scripted-broker-peer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Peer peer) {
    try (peer) {
      script.run(peer);
    } catch (Exception e) {
      peer.ended.countDown();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Peer peer : peers) {
      peer.close();
    }
  }

  /** A packet from the client. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares packets
  public record Packet(int type, byte[] body) {
    /** The packet identifier of a PUBACK, SUBSCRIBE and the like. */
    public int id() {
      return ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
    }

    /** The packet identifier of a PUBLISH of QoS 1. */
    public int publishId() {
      int topic = id();
      return ((body[2 + topic] & 0xFF) << 8) | (body[3 + topic] & 0xFF);
    }
  }

  /** One connection. */
  public static final class Peer implements AutoCloseable {
    private final Socket socket;
    private final int number;
    private final CountDownLatch ended = new CountDownLatch(1);

    Peer(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** 1 for the first connection. */
    public int number() {
      return number;
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** The next packet. */
    public Packet read() throws IOException {
      InputStream in = socket.getInputStream();
      int first = octet(in);
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = octet(in);
        length |= (digit & 0x7F) << shift;
        shift += 7;
      } while ((digit & 0x80) != 0);
      return new Packet(first >> 4, in.readNBytes(length));
    }

    /** The next packet of a type. */
    public Packet read(int type) throws IOException {
      Packet packet = read();
      while (packet.type() != type) {
        packet = read();
      }
      return packet;
    }

    /** Reads one line of text. */
    public String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = octet(socket.getInputStream()); c != '\n'; c = octet(socket.getInputStream())) {
        line.write(c);
      }
      return line.toString(java.nio.charset.StandardCharsets.US_ASCII).trim();
    }

    /** Reads and does nothing, until the client goes. */
    public void ignore() throws IOException {
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    /** Does not even read, until the broker is closed. */
    public void hang() throws InterruptedException {
      ended.await();
    }

    private static int octet(InputStream in) throws IOException {
      int value = in.read();
      if (value < 0) {
        throw new EOFException("the client closed the connection");
      }
      return value;
    }

    @Override
    public void close() throws IOException {
      ended.countDown();
      socket.close();
    }
  }
}
