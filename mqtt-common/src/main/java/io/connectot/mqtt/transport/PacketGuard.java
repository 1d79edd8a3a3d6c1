// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * Follows the packets (MQTT 5.0 §2.1) that pass by, and breaks off at a length that is malformed or
 * too long: the library allocates what a packet claims to be. For one reading thread.
 */
final class PacketGuard extends FilterInputStream {
  private static final int TYPE = -1;

  private final long longest;

  /** Which byte of the length comes next; {@link #TYPE} when it is the packet's first. */
  private int lengthByte = TYPE;

  private long length;
  private long left;

  PacketGuard(InputStream in, long longest) {
    super(in);
    this.longest = longest;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      if (left > 0) {
        left--;
      } else {
        header(value);
      }
    }
    return value;
  }

  /** Reads no further than the packet goes, so that every header passes {@link #read()}. */
  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      int value = read();
      if (value < 0) {
        return -1;
      }
      target[offset] = (byte) value;
      return 1;
    }
    int read = in.read(target, offset, (int) Math.min(count, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void header(int value) throws ProtocolException {
    if (lengthByte == TYPE) {
      lengthByte = 0;
      length = 0;
      return;
    }
    length |= (long) (value & 0x7F) << (7 * lengthByte);
    lengthByte++;
    if ((value & 0x80) != 0) {
      if (lengthByte == 4) {
        throw new ProtocolException("a packet's length has more than 4 bytes");
      }
      return;
    }
    if (1 + lengthByte + length > longest) {
      throw new ProtocolException(
          "a packet of "
              + (1 + lengthByte + length)
              + " bytes is longer than mqtt.maximum.packet.size="
              + longest);
    }
    lengthByte = TYPE;
    left = length;
  }
}
