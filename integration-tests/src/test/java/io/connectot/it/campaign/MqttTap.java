// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.TcpProxy;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Reads the packets of a connection to a broker, MQTT 5, and tells which QoS 1 messages their
 * receiver has acknowledged. One thread for each direction.
 */
final class MqttTap implements TcpProxy.Tap {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;

  /** Learns what the connection shows. Called on the threads of the proxy. */
  interface Listener {
    /** The receiver of a message has acknowledged it. */
    void acknowledged(byte[] payload);

    /** The client has asked the broker to forget its session. */
    void sessionDiscarded();
  }

  private final Listener listener;
  private final Packets toServer;
  private final Packets toClient;

  MqttTap(Listener listener) {
    this.listener = listener;
    // The identifiers of the two directions are independent.
    Map<Integer, byte[]> fromClient = new ConcurrentHashMap<>();
    Map<Integer, byte[]> fromServer = new ConcurrentHashMap<>();
    this.toServer = new Packets((head, body) -> packet(head, body, fromClient, fromServer));
    this.toClient = new Packets((head, body) -> packet(head, body, fromServer, fromClient));
  }

  @Override
  public void toServer(byte[] bytes, int length) {
    toServer.add(bytes, length);
  }

  @Override
  public void toClient(byte[] bytes, int length) {
    toClient.add(bytes, length);
  }

  private void packet(
      int head, byte[] body, Map<Integer, byte[]> published, Map<Integer, byte[]> awaited) {
    switch (head >> 4) {
      case CONNECT -> {
        int flags = 2 + unsignedShort(body, 0) + 1;
        if ((body[flags] & 0x02) != 0) {
          listener.sessionDiscarded();
        }
      }
      case PUBLISH -> {
        if ((head & 0x06) != 0) {
          int identifier = 2 + unsignedShort(body, 0);
          published.put(unsignedShort(body, identifier), payload(body, identifier + 2));
        }
      }
      case PUBACK -> {
        byte[] payload = awaited.remove(unsignedShort(body, 0));
        if (payload != null && (body.length < 3 || (body[2] & 0xFF) < 0x80)) {
          listener.acknowledged(payload);
        }
      }
      default -> {
        // Says nothing of messages.
      }
    }
  }

  private static byte[] payload(byte[] body, int properties) {
    int length = 0;
    int at = properties;
    for (int shift = 0; ; shift += 7) {
      int digit = body[at++];
      length |= (digit & 0x7F) << shift;
      if (digit >= 0) {
        break;
      }
    }
    return Arrays.copyOfRange(body, at + length, body.length);
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  /** Cuts the bytes of one direction into packets. For one thread. */
  private static final class Packets {
    private final BiConsumer<Integer, byte[]> packets;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int head = -1;
    private int length;
    private int shift;

    /** Whether the length of the packet is known. */
    private boolean measured;

    Packets(BiConsumer<Integer, byte[]> packets) {
      this.packets = packets;
    }

    void add(byte[] bytes, int count) {
      for (int at = 0; at < count; ) {
        if (head < 0) {
          head = bytes[at++] & 0xFF;
        } else if (!measured) {
          int digit = bytes[at++];
          length |= (digit & 0x7F) << shift;
          shift += 7;
          measured = digit >= 0;
        } else {
          int part = Math.min(count - at, length - body.size());
          body.write(bytes, at, part);
          at += part;
        }
        if (measured && body.size() == length) {
          packets.accept(head, body.toByteArray());
          body.reset();
          head = -1;
          length = 0;
          shift = 0;
          measured = false;
        }
      }
    }
  }
}
