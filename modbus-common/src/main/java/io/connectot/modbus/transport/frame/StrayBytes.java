// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.util.Arrays;

/**
 * Received bytes that are no part of a response: of other masters on the line, late responses,
 * noise. For the owner's thread.
 */
public final class StrayBytes {
  /** The first of them; more are only counted. */
  private final byte[] bytes = new byte[2 * Framing.LONGEST_FRAME];

  private int count;

  /** Starts again without bytes. */
  public void reset() {
    count = 0;
  }

  /** Adds bytes. */
  public void add(byte[] source, int start, int length) {
    int kept = Math.min(length, Math.max(0, bytes.length - count));
    System.arraycopy(source, start, bytes, Math.min(count, bytes.length), kept);
    count += length;
  }

  /** Adds the bytes of another. */
  public void addAll(StrayBytes other) {
    int kept = Math.min(other.count, other.bytes.length);
    add(other.bytes, 0, kept);
    count += other.count - kept;
  }

  /** The number of bytes since the last reset. */
  public int count() {
    return count;
  }

  /** The bytes since the last reset, at most as many as two frames have. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, Math.min(count, bytes.length));
  }
}
