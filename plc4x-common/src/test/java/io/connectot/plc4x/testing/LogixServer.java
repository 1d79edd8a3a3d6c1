// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A Logix controller: EtherNet/IP with tags, with and without connections (CIP class 3).
 *
 * <p>Services: Read Tag, Write Tag, Multiple Service Packet, Unconnected Send, Forward Open and
 * Close.
 */
@SuppressWarnings("ByteBufferBackingArray") // the buffers have arrays of their own
public final class LogixServer extends TcpPeer {
  private static final int HEADER = 24;

  private static final int LIST_SERVICES = 0x04;
  private static final int REGISTER_SESSION = 0x65;
  private static final int UNREGISTER_SESSION = 0x66;
  private static final int SEND_RR_DATA = 0x6F;
  private static final int SEND_UNIT_DATA = 0x70;

  private static final int GET_ATTRIBUTES_ALL = 0x01;
  private static final int MULTIPLE_SERVICES = 0x0A;
  private static final int READ_TAG = 0x4C;
  private static final int WRITE_TAG = 0x4D;
  private static final int FORWARD_CLOSE = 0x4E;
  private static final int UNCONNECTED_SEND = 0x52;
  private static final int LARGE_FORWARD_OPEN = 0x5B;

  private static final int NOT_SUPPORTED = 0x08;
  private static final int RESOURCE_UNAVAILABLE = 0x02;

  private final LogixTags tags;
  private final boolean connected;
  private final Map<Connection, LastMessage> sequences = new ConcurrentHashMap<>();
  private volatile boolean connectionsUsedUp;

  /** The last message over a connection; for the thread of the connection. */
  private static final class LastMessage {
    private int sequence = -1;
    private byte[] reply;

    byte[] repliesTo(short number, Supplier<byte[]> carryOut) {
      if ((number & 0xFFFF) != sequence) {
        sequence = number & 0xFFFF;
        reply = carryOut.get();
      }
      return reply;
    }
  }

  /**
   * Starts a controller.
   *
   * @param connected whether it lists the classes for connections, as newer controllers do
   */
  public LogixServer(LogixTags tags, boolean connected) throws IOException {
    this.tags = tags;
    this.connected = connected;
  }

  /** The connection string of a client. */
  public String url(String driver) {
    return driver + "://" + host();
  }

  /** From now on all connections of the controller are in use. */
  public void useUpConnections() {
    connectionsUsedUp = true;
  }

  @Override
  byte[] read(DataInputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    byte[] packet = Arrays.copyOf(header, HEADER + little(header).getShort(2));
    in.readFully(packet, HEADER, packet.length - HEADER);
    return packet;
  }

  @Override
  boolean isForValues(byte[] request) {
    int command = little(request).getShort();
    if (command == SEND_UNIT_DATA) {
      return true;
    }
    return command == SEND_RR_DATA && request[40] == UNCONNECTED_SEND;
  }

  @Override
  byte[] answer(Connection connection, byte[] request) throws IOException {
    ByteBuffer packet = little(request);
    int command = packet.getShort();
    packet.position(HEADER);
    return switch (command) {
      case LIST_SERVICES -> packet(request, 0, services());
      case REGISTER_SESSION -> packet(request, 77, new byte[] {1, 0, 0, 0});
      case UNREGISTER_SESSION -> null;
      case SEND_RR_DATA -> packet(request, 77, unconnected(packet));
      case SEND_UNIT_DATA ->
          packet(
              request,
              77,
              overConnection(
                  sequences.computeIfAbsent(connection, made -> new LastMessage()), packet));
      default -> packet(request, 0, new byte[0]);
    };
  }

  private static byte[] services() {
    ByteBuffer body = little(new byte[26]);
    body.putShort((short) 1).putShort((short) 0x100).putShort((short) 20);
    body.putShort((short) 1)
        .putShort((short) 0x120)
        .put("Communications".getBytes(StandardCharsets.US_ASCII));
    return body.array();
  }

  /** Interface, timeout, two items: the empty address and the data. */
  private byte[] unconnected(ByteBuffer packet) {
    byte[] service = new byte[packet.getShort(packet.position() + 14)];
    packet.position(packet.position() + 16);
    packet.get(service);
    byte[] reply = serve(service);
    ByteBuffer body = little(new byte[16 + reply.length]);
    body.putInt(0).putShort((short) 0).putShort((short) 2).putInt(0);
    body.putShort((short) 0xB2).putShort((short) reply.length).put(reply);
    return body.array();
  }

  /** Interface, timeout, two items: the connection, and a sequence number with the data. */
  private byte[] overConnection(LastMessage from, ByteBuffer packet) {
    int connection = packet.getInt(packet.position() + 12);
    int length = packet.getShort(packet.position() + 18);
    packet.position(packet.position() + 20);
    short sequence = packet.getShort();
    byte[] service = new byte[length - 2];
    packet.get(service);
    // A message with the number of the one before is a repetition: it is answered, not carried out.
    byte[] reply = from.repliesTo(sequence, () -> serve(service));
    ByteBuffer body = little(new byte[22 + reply.length]);
    body.putInt(0).putShort((short) 0).putShort((short) 2);
    body.putShort((short) 0xA1).putShort((short) 4).putInt(connection);
    body.putShort((short) 0xB1).putShort((short) (2 + reply.length)).putShort(sequence).put(reply);
    return body.array();
  }

  private byte[] serve(byte[] request) {
    ByteBuffer service = little(request);
    int code = service.get();
    int pathLength = 2 * (service.get() & 0xFF);
    byte[] path = new byte[pathLength];
    service.get(path);
    return switch (code) {
      case GET_ATTRIBUTES_ALL -> attributes();
      case LARGE_FORWARD_OPEN -> forwardOpen(service);
      case FORWARD_CLOSE -> reply(FORWARD_CLOSE, 0, new byte[10]);
      case UNCONNECTED_SEND -> {
        service.getShort();
        byte[] message = new byte[service.getShort()];
        service.get(message);
        yield serve(message);
      }
      case MULTIPLE_SERVICES -> several(service);
      case READ_TAG -> {
        LogixTags.Result result = tags.read(path, service.getShort());
        // A general error has an extended status: the element lies behind the end of the array.
        yield result.status() == LogixTags.GENERAL_ERROR
            ? reply(READ_TAG, 1, new byte[] {0x05, 0x21}, result.status())
            : reply(READ_TAG, result.status(), result.data());
      }
      case WRITE_TAG -> {
        int type = service.getShort() & 0xFFFF;
        int handle = type == LogixTags.STRUCTURE ? service.getShort() & 0xFFFF : 0;
        int count = service.getShort();
        byte[] data = new byte[service.remaining()];
        service.get(data);
        int status = tags.write(path, type, handle, count, data);
        // A general error has an extended status: the type is not that of the tag.
        yield status == LogixTags.GENERAL_ERROR
            ? reply(WRITE_TAG, 1, new byte[] {0x07, 0x21}, status)
            : reply(WRITE_TAG, status, new byte[0]);
      }
      default -> reply(code, NOT_SUPPORTED, new byte[0]);
    };
  }

  /** The classes of the message router, of which 2 and 6 are for messages over connections. */
  private byte[] attributes() {
    if (!connected) {
      return reply(GET_ATTRIBUTES_ALL, NOT_SUPPORTED, new byte[0]);
    }
    ByteBuffer classes = little(new byte[10]);
    classes.putShort((short) 2).putShort((short) 2).putShort((short) 6);
    classes.putShort((short) 32).putShort((short) 1);
    return reply(GET_ATTRIBUTES_ALL, 0, classes.array());
  }

  private byte[] forwardOpen(ByteBuffer service) {
    if (connectionsUsedUp) {
      return reply(LARGE_FORWARD_OPEN, 1, new byte[] {0x13, 0x01}, RESOURCE_UNAVAILABLE);
    }
    service.position(service.position() + 10);
    ByteBuffer opened = little(new byte[26]);
    opened.putInt(4711).putInt(33_944);
    opened.putShort(service.getShort()).putShort(service.getShort()).putInt(service.getInt());
    opened.putInt(2_101_812).putInt(2_113_537);
    return reply(LARGE_FORWARD_OPEN, 0, opened.array());
  }

  private byte[] several(ByteBuffer service) {
    int start = service.position();
    int count = service.getShort();
    List<byte[]> replies = new ArrayList<>();
    boolean failed = false;
    for (int i = 0; i < count; i++) {
      int from = start + service.getShort(start + 2 + 2 * i);
      int to = i + 1 < count ? start + service.getShort(start + 4 + 2 * i) : service.limit();
      byte[] reply = serve(Arrays.copyOfRange(service.array(), from, to));
      failed |= reply[2] != 0;
      replies.add(reply);
    }
    int length = replies.stream().mapToInt(reply -> reply.length).sum();
    ByteBuffer body = little(new byte[2 + 2 * count + length]);
    body.putShort((short) count);
    int offset = 2 + 2 * count;
    for (byte[] reply : replies) {
      body.putShort((short) offset);
      offset += reply.length;
    }
    replies.forEach(body::put);
    return reply(MULTIPLE_SERVICES, failed ? 0x1E : 0, body.array());
  }

  private static byte[] reply(int service, int status, byte[] data) {
    return reply(service, 0, data, status);
  }

  private static byte[] reply(int service, int extendedWords, byte[] data, int status) {
    ByteBuffer reply = little(new byte[4 + data.length]);
    reply.put((byte) (service | 0x80)).put((byte) 0).put((byte) status).put((byte) extendedWords);
    return reply.put(data).array();
  }

  private static byte[] packet(byte[] request, int session, byte[] body) {
    ByteBuffer packet = little(new byte[HEADER + body.length]);
    packet.put(request, 0, HEADER).put(body);
    packet.putShort(2, (short) body.length).putInt(4, session).putInt(8, 0);
    return packet.array();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
