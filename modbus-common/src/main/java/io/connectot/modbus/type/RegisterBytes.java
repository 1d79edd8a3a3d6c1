// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import java.util.Locale;

/** Reads the bytes of text and binary values from registers. Immutable. */
public final class RegisterBytes {
  /** Which bytes of a register contain data: {@code byte=}. */
  public enum Half {
    BOTH,
    HIGH,
    LOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final int length;
  private final Half half;
  private final boolean swapped;

  /**
   * @param length the number of bytes
   * @param swapped whether the low byte of each register comes first
   */
  public RegisterBytes(int length, Half half, boolean swapped) {
    this.length = length;
    this.half = half;
    this.swapped = swapped;
  }

  public int registers() {
    return half == Half.BOTH ? (length + 1) / 2 : length;
  }

  /** Writes exactly as many bytes as it has. */
  public void write(byte[] bytes, byte[] data, int start) {
    for (int i = 0; i < length; i++) {
      data[start + position(i)] = bytes[i];
    }
  }

  public int length() {
    return length;
  }

  public void own(byte[] bits, int start) {
    for (int i = 0; i < length; i++) {
      bits[start + position(i)] = (byte) 0xFF;
    }
  }

  private int position(int i) {
    return switch (half) {
      case BOTH -> swapped ? i ^ 1 : i;
      case HIGH -> 2 * i;
      case LOW -> 2 * i + 1;
    };
  }

  public byte[] read(byte[] data, int start) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = data[start + position(i)];
    }
    return bytes;
  }
}
