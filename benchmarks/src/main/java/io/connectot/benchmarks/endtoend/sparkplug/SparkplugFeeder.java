// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Edge nodes that publish with QoS 0 over one connection, with very little processor time: the
 * packets of all sequence numbers are made once. The metrics have aliases, and DATA has neither
 * names nor types. For one thread.
 */
final class SparkplugFeeder implements AutoCloseable {
  private static final int NUMBERS = 256;
  private static final int BUFFER = 64 * 1024;
  private static final int PACKET_TYPE_PUBLISH_QOS_0 = 0x30;
  private static final DataType[] TYPES = {
    DataType.INT32, DataType.FLOAT, DataType.DOUBLE, DataType.BOOLEAN, DataType.INT64
  };

  private final Socket socket;
  private final OutputStream out;
  private final String group;
  private final int nodes;
  private final int metrics;

  /** Payloads by their number, the same for all edge nodes; 0 is not used. */
  private final byte[][] payloads = new byte[NUMBERS][];

  private final byte[][] topics;
  private final int[] seq;
  private int next;

  /**
   * Connects.
   *
   * @param metrics of each edge node, all of them in each message
   */
  SparkplugFeeder(int port, String group, int nodes, int metrics) throws IOException {
    this.group = group;
    this.nodes = nodes;
    this.metrics = metrics;
    this.seq = new int[nodes];
    this.topics = new byte[nodes][];
    for (int node = 0; node < nodes; node++) {
      topics[node] = bytes("spBv1.0/" + group + "/NDATA/" + name(node));
    }
    long now = System.currentTimeMillis();
    for (int i = 0; i < NUMBERS; i++) {
      payloads[i] = PayloadEncoder.encodeWithoutTypes(Payload.of(now, (long) i, data(i, now)));
    }
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    socket.setTcpNoDelay(true);
    connect();
  }

  private static String name(int node) {
    return "n" + node;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Metric> data(int number, long millis) {
    List<Metric> data = new ArrayList<>();
    for (int i = 0; i < metrics; i++) {
      DataType type = TYPES[i % TYPES.length];
      data.add(
          Metric.of(null, type, value(type, number + i)).withAlias((long) i).withTimestamp(millis));
    }
    return data;
  }

  private static MetricValue value(DataType type, int seed) {
    return switch (type) {
      case FLOAT -> new MetricValue.FloatValue(20.1f + seed);
      case DOUBLE -> new MetricValue.DoubleValue(0.1 + seed);
      case BOOLEAN -> MetricValue.BooleanValue.of(seed % 2 == 0);
      default -> new MetricValue.LongValue(-1000L * seed);
    };
  }

  /** The births of all edge nodes. */
  void births() throws IOException {
    long now = System.currentTimeMillis();
    List<Metric> birth = new ArrayList<>();
    birth.add(Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(0)).withTimestamp(now));
    for (int i = 0; i < metrics; i++) {
      DataType type = TYPES[i % TYPES.length];
      birth.add(
          Metric.of("Line " + i % 5 + "/Sensor " + i, type, value(type, i))
              .withAlias((long) i)
              .withTimestamp(now));
    }
    byte[] payload = PayloadEncoder.encode(Payload.of(now, 0L, birth));
    for (int node = 0; node < nodes; node++) {
      seq[node] = 0;
      publish(bytes("spBv1.0/" + group + "/NBIRTH/" + name(node)), payload);
    }
    out.flush();
  }

  /** Publishes a number of messages, of the edge nodes in turn. */
  void data(int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      int node = next;
      next = (next + 1) % nodes;
      seq[node] = (seq[node] + 1) % NUMBERS;
      publish(topics[node], payloads[seq[node]]);
    }
    out.flush();
  }

  /** MQTT 3.1.1 §3.1: clean session, no keep alive. */
  private void connect() throws IOException {
    byte[] clientId = bytes("feeder-" + group + "-" + nodes);
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
  private void publish(byte[] topic, byte[] payload) throws IOException {
    int length = 2 + topic.length + payload.length;
    out.write(PACKET_TYPE_PUBLISH_QOS_0);
    for (int rest = length; ; rest >>= 7) {
      out.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
      if (rest < 0x80) {
        break;
      }
    }
    out.write(topic.length >> 8);
    out.write(topic.length);
    out.write(topic);
    out.write(payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
