// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.spi.line.LineException;

/** Reads the bits of a number from registers. Immutable. */
public final class RawNumber {
  private final int registers;
  private final int[] positions;

  /**
   * @param type a number, or bool for a whole register
   * @throws LineException when the order does not fit the type
   */
  public RawNumber(ModbusType type, ByteOrdering order) throws LineException {
    this.registers = type.registers();
    if (type.isByte()) {
      boolean high = type == ModbusType.INT8H || type == ModbusType.UINT8H;
      this.positions = new int[] {high ? 0 : 1};
    } else {
      this.positions = order.positions(2 * registers);
    }
  }

  public int registers() {
    return registers;
  }

  public int bits() {
    return 8 * positions.length;
  }

  /** Writes right-aligned bits, of which those outside of {@code mask} are not changed. */
  public void write(long raw, long mask, byte[] data, int start) {
    int shift = 0;
    for (int i = positions.length - 1; i >= 0; i--) {
      int at = start + positions[i];
      int changed = (int) (mask >>> shift) & 0xFF;
      data[at] = (byte) ((data[at] & ~changed) | ((int) (raw >>> shift) & changed));
      shift += 8;
    }
  }

  /** The bits, right-aligned and zero-extended. */
  public long read(byte[] data, int start) {
    long raw = 0;
    for (int position : positions) {
      raw = raw << 8 | (data[start + position] & 0xFF);
    }
    return raw;
  }
}
