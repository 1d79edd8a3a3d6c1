// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The input stream under the library: keeps the bytes of the current reply as they arrived, and the
 * exception that ended it, both of which the library loses. For the owner's thread.
 */
final class ReplyTap extends InputStream {
  /** More than the longest frame, 513 characters in ASCII; what exceeds it is no reply. */
  static final int CAPACITY = 600;

  private final InputStream in;
  private final byte[] bytes = new byte[CAPACITY];
  private int length;
  private IOException failure;

  ReplyTap(InputStream in) {
    this.in = in;
  }

  /** Forgets the last reply. */
  void begin() {
    length = 0;
    failure = null;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** What ended the last reply early; null when nothing did. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    try {
      if (length == CAPACITY) {
        throw new BadReplyException("more than " + CAPACITY + " bytes arrived");
      }
      int count = in.read(target, offset, Math.min(wanted, CAPACITY - length));
      if (count < 0) {
        failure = new EOFException("the device closed the connection");
        return -1;
      }
      System.arraycopy(target, offset, bytes, length, count);
      length += count;
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  /** Throws away what is there without waiting for more. */
  int discardAvailable() throws IOException {
    int discarded = 0;
    byte[] rest = new byte[CAPACITY];
    while (in.available() > 0) {
      int count = in.read(rest, 0, Math.min(rest.length, in.available()));
      if (count < 0) {
        throw new EOFException("the device closed the connection");
      }
      discarded += count;
    }
    return discarded;
  }
}
