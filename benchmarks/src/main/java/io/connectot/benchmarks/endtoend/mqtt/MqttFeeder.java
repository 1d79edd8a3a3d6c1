// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes QoS 1 messages with MQTT 3.1.1 and very little processor time: it writes packets as
 * bytes, and reads and discards the broker's acknowledgements. For one thread.
 */
final class MqttFeeder implements AutoCloseable {
  /** The length of every payload. */
  static final int PAYLOAD = 200;

  private static final int TOPICS = 100;
  private static final int PACKET_TYPE_PUBLISH_QOS_1 = 0x32;
  private static final int LARGEST_PACKET_ID = 0xFFFF;
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final OutputStream out;
  private final String root;
  private final MqttPayload payload;
  private final byte[][] topics = new byte[TOPICS][];
  private int sent;

  /**
   * Connects.
   *
   * @param root messages are published to {@code <root>/0} to {@code <root>/99} in turn
   */
  MqttFeeder(int port, String root, MqttPayload payload) throws IOException {
    this.payload = payload;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    this.root = root;
    socket.setTcpNoDelay(true);
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = (root + "/" + i).getBytes(StandardCharsets.UTF_8);
    }
    connect();
    Thread reader = new Thread(this::discard, "feeder-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /** Publishes a number of messages at maximum rate. */
  void burst(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      publish();
    }
    out.flush();
  }

  /** Publishes a number of messages at an even rate. */
  void paced(int count, int perSecond) throws IOException {
    long start = System.nanoTime();
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    for (int i = 0; i < count; i++) {
      long due = start + i * gap;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      publish();
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** MQTT 3.1.1 §3.1: clean session, no keep alive. */
  private void connect() throws IOException {
    byte[] clientId = ("feeder-" + root).getBytes(StandardCharsets.UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(2 + 12 + clientId.length);
    packet.put((byte) 0x10).put((byte) (12 + clientId.length));
    packet.putShort((short) 4).put("MQTT".getBytes(StandardCharsets.US_ASCII));
    packet.put((byte) 4).put((byte) 2).putShort((short) 0);
    packet.putShort((short) clientId.length).put(clientId);
    out.write(packet.array());
    out.flush();
    byte[] answer = new DataInputStream(socket.getInputStream()).readNBytes(4);
    if (answer.length != 4 || answer[0] != 0x20 || answer[3] != 0) {
      throw new IOException("the MQTT broker rejects the feeder");
    }
  }

  /** MQTT 3.1.1 §3.3. */
  private void publish() throws IOException {
    byte[] topic = topics[sent % TOPICS];
    int length = 2 + topic.length + 2 + PAYLOAD;
    ByteBuffer packet = ByteBuffer.allocate(3 + length);
    packet.put((byte) PACKET_TYPE_PUBLISH_QOS_1);
    // Two bytes, the low seven bits first: the length is between 128 and 16,383.
    packet.put((byte) ((length & 0x7F) | 0x80)).put((byte) (length >> 7));
    packet.putShort((short) topic.length).put(topic);
    packet.putShort((short) (sent % LARGEST_PACKET_ID + 1));
    payload.write(sent, packet);
    out.write(packet.array());
    sent++;
  }

  private void discard() {
    byte[] answers = new byte[BUFFER];
    try {
      while (socket.getInputStream().read(answers) >= 0) {
        // Counts the acknowledgement of one more message.
      }
      throw new EOFException();
    } catch (IOException e) {
      // The connection has ended; the next publish fails.
    }
  }
}
