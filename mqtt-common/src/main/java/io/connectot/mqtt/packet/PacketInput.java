// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import io.connectot.mqtt.transport.ReasonCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits the input into packets (MQTT 5.0 §2.1), passes each to a {@link PacketHandler}, and lets
 * Paho read those the handler does not consume. A malformed or excessive length ends the connection
 * before memory of that size is allocated. For one reading thread.
 */
public final class PacketInput extends InputStream {
  private static final int BUFFER = 32 * 1024;

  /** Larger buffers are released after use. */
  private static final int LARGEST_KEPT = 1024 * 1024;

  private static final int LONGEST_LENGTH = 4;

  private final InputStream in;
  private final ReadThrottle throttle;
  private final int longest;
  private final PacketHandler handler;

  /** Unread bytes are between {@link #position} and {@link #limit}. */
  private byte[] data = new byte[BUFFER];

  private int position;
  private int limit;

  /** Number of following bytes that belong to a packet for Paho. */
  private int passing;

  /**
   * @param in unbuffered
   * @param throttle blocks reading between packets
   * @param longest maximum packet size in bytes
   */
  public PacketInput(InputStream in, ReadThrottle throttle, int longest, PacketHandler handler) {
    super();
    this.in = in;
    this.throttle = throttle;
    this.longest = longest;
    this.handler = handler;
  }

  @Override
  public int read() throws IOException {
    if (passing == 0 && !next()) {
      return -1;
    }
    passing--;
    return data[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (passing == 0 && !next()) {
      return -1;
    }
    int taken = Math.min(count, passing);
    System.arraycopy(data, position, target, offset, taken);
    position += taken;
    passing -= taken;
    return taken;
  }

  @Override
  public int available() {
    return passing;
  }

  /** Advances to the next packet for Paho; false at the end of the stream. */
  private boolean next() throws IOException {
    try {
      while (true) {
        if (throttle.isPaused()) {
          handler.caughtUp();
          throttle.await();
        }
        if (!fill(1)) {
          return false;
        }
        int header = headerLength();
        int length = header + remainingLength(header);
        complete(length);
        int first = data[position] & 0xFF;
        if (!handler.handle(first, data, position + header, position + length)) {
          passing = length;
          return true;
        }
        position += length;
      }
    } catch (InvalidPacketException e) {
      handler.invalid(e);
      throw e;
    }
  }

  private int headerLength() throws IOException {
    for (int length = 1; length <= LONGEST_LENGTH; length++) {
      complete(1 + length);
      if (data[position + length] >= 0) {
        return 1 + length;
      }
    }
    throw InvalidPacketException.malformed("a packet's length has more than 4 bytes");
  }

  private int remainingLength(int header) throws InvalidPacketException {
    int length = 0;
    for (int i = 1; i < header; i++) {
      length |= (data[position + i] & 0x7F) << (7 * (i - 1));
    }
    if (header + length > longest) {
      throw new InvalidPacketException(
          ReasonCode.PACKET_TOO_LARGE,
          "a packet of "
              + (header + length)
              + " bytes is longer than mqtt.maximum.packet.size="
              + longest);
    }
    return length;
  }

  private void complete(int count) throws IOException {
    if (!fill(count)) {
      throw new EOFException("the connection ended inside a packet");
    }
  }

  /** Reads until {@code count} bytes are buffered; false at the end of the stream. */
  private boolean fill(int count) throws IOException {
    if (limit - position < count) {
      makeRoom(count);
    }
    while (limit - position < count) {
      handler.caughtUp();
      int read = in.read(data, limit, data.length - limit);
      if (read < 0) {
        return false;
      }
      handler.bytesArrived();
      limit += read;
    }
    return true;
  }

  private void makeRoom(int count) {
    int left = limit - position;
    byte[] roomy = data;
    if (count > data.length) {
      roomy = new byte[count];
    } else if (data.length > LARGEST_KEPT && count <= BUFFER) {
      roomy = new byte[BUFFER];
    }
    System.arraycopy(data, position, roomy, 0, left);
    data = roomy;
    position = 0;
    limit = left;
  }
}
